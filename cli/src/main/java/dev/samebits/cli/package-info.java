/**
 * The {@code samebits} command: how it is started, and which command it hands on to.
 *
 * <pre>
 * arguments → Main, by picocli → predict/, train/, demo/, inspect/, or the tool of the bench module
 * what a command throws → Failures → one line on stderr and an exit code
 * root → commands → samples → data → model, file → console, text: nothing depends on what stands to the left of it
 * </pre>
 */
package dev.samebits.cli;
