/**
 * The benchmarks, which JMH runs each in a process of its own, and what one call of each has to do at least.
 *
 * <pre>
 * parameters -&gt; Workloads: network and inputs, always the same -&gt; @Benchmark method, timed by JMH
 * fork       -&gt; ForkLine: what it ran, and numbers of its own
 * name and parameters -&gt; Cost: operations and bytes of a call
 * </pre>
 */
package dev.samebits.bench.jmh;
