/* spec vectors FILE...   or   spec demo IMAGES LABELS [EPOCHS [SHA-256]] */
#include "arithmetic.h"
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments) {
    if (count > 2 && strcmp(arguments[1], "vectors") == 0) {
        int failures = 0;
        for (int i = 2; i < count; i++) {
            failures += run_vectors(arguments[i]);
        }
        return failures > 0;
    }
    if (count > 3 && strcmp(arguments[1], "demo") == 0) {
        int epochs = count > 4 ? atoi(arguments[4]) : 20;
        return run_demo(arguments[2], arguments[3], epochs, 1, count > 5 ? arguments[5] : NULL);
    }
    fprintf(stderr, "usage: spec vectors FILE... | spec demo IMAGES LABELS [EPOCHS [SHA-256]]\n");
    return 2;
}
