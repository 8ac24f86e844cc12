/**
 * Measures: one fork of each trial in turn, then the second of each.
 *
 * <pre>
 * trials and Javas -&gt; jobs, in turn -&gt; Forks: one JMH fork, with what it says of itself -&gt; JMH's results
 * machine -&gt; MachineDescription -&gt; the same file
 * </pre>
 */
package dev.samebits.bench.run;
