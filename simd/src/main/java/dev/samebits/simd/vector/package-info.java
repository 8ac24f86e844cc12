/**
 * Functions of single numbers, whole vectors at a time: each class {@code VName} is the twin of the definition {@code Name}.
 *
 * <pre>
 * z → ActivationValues    → V* of the activation's name → a
 * z, da → ActivationGradients → V*                      → dz
 * a padded row → VSoftmax, VLoss → the row
 * a row → VSums, VNorms → a number, the row; Lanes says how wide a vector is
 * </pre>
 *
 * <p>Internal: not exported, and free to change.
 */
package dev.samebits.simd.vector;
