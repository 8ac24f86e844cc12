/**
 * The backend on OpenCL devices, by programs that Aparapi translates from Java.
 *
 * <pre>
 * ServiceLoader → OpenClProvider → Probe (may it?) → OpenClBackend → a session of OpenCL's, or OpenClKernels
 * weights → LayerPlace, Panels → Params             ┐
 * ForwardPlan, TrainingPlan → Plan (passes by name) ┴ ProgramRunner → DeviceProgram on the device → result, and proof
 * </pre>
 *
 * <p>One flat package, since Aparapi needs the program as one chain of classes. From below: {@code DeviceFloats}, {@code
 * DeviceExp}, {@code DeviceCurves}, {@code DeviceActivations}, {@code DeviceRows}, {@code DeviceProducts}, {@code
 * DeviceGradients}, {@code DeviceProgram}, and {@code TiledProgram} for graphics processors.
 *
 * <p>Nothing here is null unless it says so.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.samebits.gpu;

import org.jspecify.annotations.NullMarked;
