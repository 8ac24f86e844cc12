/**
 * The front end: {@code samebits bench}.
 *
 * <pre>
 * options -&gt; plan: what to measure -&gt; run: forks, in turn -&gt; results: one JSON file -&gt; report: tables and a page
 *                 |                     |
 *                 +---- jmh: the benchmarks, and peers: the same work in other libraries
 * </pre>
 */
package dev.samebits.bench;
