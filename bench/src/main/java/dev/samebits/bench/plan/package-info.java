/**
 * What to measure: trials, in groups, and the rows that are made of them.
 *
 * <pre>
 * group of a report -&gt; Suite -&gt; trials
 * group of goals    -&gt; Goals, a class for each kind of work -&gt; rows: a trial, its yardstick, a goal -&gt; trials
 * trial -&gt; its peers, and how long it must warm up
 * </pre>
 */
package dev.samebits.bench.plan;
