/**
 * Commands that look and change nothing: {@code samebits inspect}, {@code verify} and {@code backends}.
 *
 * <pre>
 * a model → InspectCommand → layers, memory, operations, fingerprint
 * VerifyInputs → VerifyCommand → all backends, batch sizes and numbers of threads → one fingerprint, or the first difference
 * BackendsCommand → what can run here; with --check MachineCheck → whether speed can be measured here
 * </pre>
 */
package dev.samebits.cli.inspect;
