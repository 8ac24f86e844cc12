package dev.samebits.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.aparapi.device.Device;
import com.aparapi.device.JavaDevice;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLPlatform;
import dev.samebits.Activation;
import dev.samebits.Availability;
import dev.samebits.Backends;
import dev.samebits.Matrix;
import dev.samebits.scalar.ScalarKernels;
import dev.samebits.tck.BackendUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each absence has its reason and its remedy; devices are chosen by number or name. */
class ProbeTest {
    private static OpenCLDevice device(String name, Device.TYPE type, long array) {
        OpenCLDevice device = new OpenCLDevice(new OpenCLPlatform(1, "1", "vendor", "Acme OpenCL"), name.hashCode(), type);
        device.setName(name);
        device.setMaxMemAllocSize(array);
        device.setLocalMemSize(32 << 10);
        device.setMaxWorkGroupSize(1024);
        return device;
    }

    private static final List<OpenCLDevice> DEVICES = List.of(
            device("Big Iron 100", Device.TYPE.GPU, 1L << 30), device("Small Core", Device.TYPE.CPU, 1L << 20));

    private static String why(Availability availability) {
        var why = (Availability.Unavailable) availability;
        return why.reason() + "; " + why.remedy();
    }

    @Test
    void devicesAreChosenByNumberOrPartOfTheirName() {
        assertThat(ChosenDevice.among(DEVICES, null).device).isSameAs(DEVICES.get(0));
        assertThat(ChosenDevice.among(DEVICES, " ").device).isSameAs(DEVICES.get(0));
        assertThat(ChosenDevice.among(DEVICES, "1").device).isSameAs(DEVICES.get(1));
        assertThat(ChosenDevice.among(DEVICES, "small").device).isSameAs(DEVICES.get(1));
        assertThat(ChosenDevice.among(DEVICES, "acme").device).isSameAs(DEVICES.get(0));
        assertThat(ChosenDevice.among(DEVICES, "2")).isNull();
        assertThat(ChosenDevice.among(DEVICES, "nothing")).isNull();
        assertThat(ChosenDevice.among(DEVICES, "1").description()).isEqualTo("Small Core, 1 of [0: Big Iron 100, GPU by Acme"
                + " OpenCL, 1: Small Core, CPU by Acme OpenCL]");
        assertThat(ChosenDevice.among(DEVICES.subList(0, 1), null).description()).isEqualTo("Big Iron 100");
        assertThat(ChosenDevice.among(DEVICES, "0").isTiled()).isTrue();
        assertThat(ChosenDevice.among(DEVICES, "1").isTiled()).isFalse();
    }

    @Test
    void graphicsProcessorsComeFirst() {
        OpenCLDevice accelerator = device("Odd Board", Device.TYPE.ACC, 1L << 30);
        assertThat(Aparapi.graphicsFirst(List.of(JavaDevice.THREAD_POOL, DEVICES.get(1), accelerator, DEVICES.get(0))))
                .containsExactly(DEVICES.get(0), accelerator, DEVICES.get(1));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(why(Probe.among(List.of(), null))).contains("no device", "pocl-opencl-icd");
        assertThat(why(Probe.among(DEVICES, "Medium"))).contains("'Medium'", "-Dsamebits.opencl.device", "0: Big Iron 100",
                "1: Small Core");
        assertThat(why(Probe.among(DEVICES, "1"))).contains("Small Core", "too small", "1048576", "16777216");
    }

    @Test
    void poclWithoutSignalChainingIsRefused() {
        String pocl = "Portable Computing Language";
        String java = "7f01-7f02 r-xp 00000000 08:01 17 /opt/jdk/lib/server/libjvm.so\n";
        assertThat(why(SignalHandlers.replacedBy(pocl, java, "/opt/jdk").orElseThrow()))
                .contains("PoCL", "LD_PRELOAD=/opt/jdk/lib/libjsig.so", "./samebits");
        String chained = "7f03-7f04 r-xp 00000000 08:01 18 /opt/jdk/lib/libjsig.so\n" + java;
        assertThat(SignalHandlers.replacedBy(pocl, chained, "/opt/jdk")).isEmpty();
        String intel = "Intel(R) CPU Runtime for OpenCL(TM) Applications";
        assertThat(SignalHandlers.replacedBy(intel, java, "/opt/jdk")).isEmpty();
    }

    @Test
    void aJdkThatMovesPinnedArraysIsRefused() {
        for (String bad : List.of("25", "25.0.1", "25.0.2+10")) {
            assertThat(Probe.movesPinnedArrays(Runtime.Version.parse(bad))).as(bad).isTrue();
        }
        for (String good : List.of("17.0.15", "24.0.2", "25.0.3", "25.0.10", "26")) {
            assertThat(Probe.movesPinnedArrays(Runtime.Version.parse(good))).as(good).isFalse();
        }
    }

    @Test
    void theSelfTestNamesWhatDiffers() {
        assertThat(SelfTest.difference(new ScalarKernels())).isEmpty();
        assertThat(SelfTest.difference(new ScalarKernels() {
            @Override
            protected void doMatvec(Matrix w, float[] b, float[] x, float[] z) {
                z[0] = w.get(0, 0) * x[0] + b[0];
            }
        })).hasValueSatisfying(text -> assertThat(text).contains("fma"));
        assertThat(SelfTest.difference(new ScalarKernels() {
            @Override
            protected void doActivate(Activation f, float[] slopes, Matrix z, Matrix a) {
                super.doActivate(f, slopes, z, a);
                for (int i = 0; i < a.data().length; i++) {
                    a.data()[i] = Math.abs(a.data()[i]) < Float.MIN_NORMAL ? 0 : a.data()[i];
                }
            }
        })).hasValueSatisfying(text -> assertThat(text).contains("denormal"));
        assertThat(SelfTest.difference(new ScalarKernels() {
            @Override
            protected void doSoftmax(Matrix z, Matrix y) {
                super.doSoftmax(z, y);
                y.set(3, 4, Math.nextUp(y.get(3, 4)));
            }
        })).hasValueSatisfying(text -> assertThat(text).contains("softmax"));
    }

    /** What the child JVMs run: the line of the report. */
    public static final class Child {
        private Child() {}

        public static void main(String[] args) {
            // A handler's level, which Aparapi would change.
            var handler = java.util.logging.Logger.getLogger("").getHandlers()[0];
            handler.setLevel(java.util.logging.Level.INFO);
            Backends.Entry opencl = Backends.report().stream().filter(entry -> entry.name().equals("opencl")).findFirst()
                    .orElseThrow();
            System.out.println(opencl.availability() instanceof Availability.Available available
                    ? "available: " + available.backend().device()
                    : "unavailable: " + why(opencl.availability()));
            System.out.println("level " + handler.getLevel());
        }
    }

    private static String run(Map<String, String> environment, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Djava.util.logging.SimpleFormatter.format=LOGGED %5$s%n"));
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().values().removeIf(String::isEmpty);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("level INFO").doesNotContain("LOGGED", "Exception");
        return output;
    }

    @Test
    void withoutLoaderOrDriverTheReportSaysWhatToInstall(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"));
        Files.createFile(folder.resolve("libOpenCL.so.1"));
        assertThat(run(Map.of("LD_LIBRARY_PATH", folder.toString())))
                .contains("unavailable: OpenCL's loader", "apt-get install");
        BackendUnderTest.named("opencl");
        assertThat(run(Map.of("OCL_ICD_VENDORS", folder.toString()))).contains("unavailable: OpenCL finds no device");
        assertThat(run(Map.of(), "-Dsamebits.opencl.device=abacus"))
                .contains("unavailable: no OpenCL device is called 'abacus'", "0: ");
        assertThat(run(Map.of(), "-Dsamebits.opencl.device=0")).contains("\navailable: ");
        assertThat(run(Map.of(), "-Dsamebits.opencl.memory=1g"))
                .contains("unavailable: samebits.opencl.memory must be a number of MiB, at least 1, not 1g; leave it out");
        // Only PoCL is named so.
        assertThat(run(Map.of("LD_PRELOAD", ""), "-Dsamebits.opencl.device=Portable Computing Language"))
                .contains("unavailable: ")
                .containsAnyOf("LD_PRELOAD=" + System.getProperty("java.home") + "/lib/libjsig.so",
                        "no OpenCL device is called");
    }
}
