/**
 * A file of results, and what follows from its numbers alone.
 *
 * <pre>
 * JSON -&gt; Results: a Machine and entries, one for each benchmark on each JDK, fork by fork
 * entries -&gt; Limits of the machine, Allocation, Order from fast to slow
 * entry -&gt; Names for people
 * </pre>
 */
package dev.samebits.bench.results;
