/**
 * Benchmarks of the library against its goals and its peers. {@link dev.samebits.bench.Table} measures them and prints the
 * table; each class also runs by itself with JMH's own command line.
 */
package dev.samebits.bench;
