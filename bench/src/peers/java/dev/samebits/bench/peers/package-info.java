/** The libraries that the table compares with, each at its own best setting; compiled with {@code -Ppeers} only. */
package dev.samebits.bench.peers;
