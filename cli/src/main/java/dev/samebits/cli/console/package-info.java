/**
 * What the user sees beside results, and the descriptors it goes through.
 *
 * <pre>
 * what is thrown → Failures, Memory → Problem: what, where, how to mend it → one line on stderr
 * the library's warnings → QuietLog → stderr; work that takes its time → BarListener → Progress → stderr, if a terminal
 * results → Table, a PrintStream → Sink, which tells a reader that is gone from a failure → Descriptor
 * </pre>
 */
package dev.samebits.cli.console;
