/**
 * Receipts: what a run of {@code predict} read, computed with and wrote, as a file that others can hold against it.
 *
 * <pre>
 * Predicate, and the output's digest → Statement → JSON → Envelope, signed with Keys → Receipts → bytes
 * a file → Receipts → Envelope → Members, each of one kind → Statement
 * </pre>
 */
package dev.samebits.cli.receipt;
