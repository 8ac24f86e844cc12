package dev.samebits.simd;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses SIMD = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.samebits.simd");

    /** From below: functions of numbers, products of matrices, single operations, networks, and what offers all of it. */
    @Test
    void nothingDependsUpwards() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("vector").definedBy("dev.samebits.simd.vector")
                .layer("tile").definedBy("dev.samebits.simd.tile")
                .layer("kernel").definedBy("dev.samebits.simd.kernel")
                .layer("session").definedBy("dev.samebits.simd.session")
                .layer("backend").definedBy("dev.samebits.simd")
                .whereLayer("vector").mayNotAccessAnyLayer()
                .whereLayer("tile").mayOnlyAccessLayers("vector")
                .whereLayer("kernel").mayOnlyAccessLayers("vector", "tile")
                .whereLayer("session").mayOnlyAccessLayers("vector", "tile", "kernel")
                .check(SIMD);
    }

    @Test
    void packagesAreFreeOfCircles() {
        slices().matching("dev.samebits.simd.(**)").namingSlices("$1").should().beFreeOfCycles().check(SIMD);
    }
}
