package dev.samebits.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses BENCH = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.samebits.bench");

    /** From below: the benchmarks, what to measure, what was measured, then measuring and telling, the front end above. */
    @Test
    void nothingDependsUpwards() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("jmh").definedBy("dev.samebits.bench.jmh..")
                .layer("plan").definedBy("dev.samebits.bench.plan")
                .layer("results").definedBy("dev.samebits.bench.results")
                .layer("run").definedBy("dev.samebits.bench.run")
                .layer("report").definedBy("dev.samebits.bench.report")
                .layer("front end").definedBy("dev.samebits.bench")
                .optionalLayer("peers").definedBy("dev.samebits.bench.peers..")
                .whereLayer("jmh").mayNotAccessAnyLayer()
                .whereLayer("peers").mayOnlyAccessLayers("jmh")
                .whereLayer("plan").mayOnlyAccessLayers("jmh")
                .whereLayer("results").mayOnlyAccessLayers("jmh", "plan")
                .whereLayer("run").mayOnlyAccessLayers("jmh", "plan", "results")
                .whereLayer("report").mayOnlyAccessLayers("jmh", "plan", "results")
                .whereLayer("front end").mayNotBeAccessedByAnyLayer()
                .check(BENCH);
    }

    @Test
    void packagesAreFreeOfCircles() {
        slices().matching("dev.samebits.bench.(*)..").should().beFreeOfCycles().check(BENCH);
    }

    @Test
    void nobodyCompilesAgainstAPeer() {
        // They are in a build with peers only.
        noClasses().that().resideOutsideOfPackage("dev.samebits.bench.peers..")
                .should().dependOnClassesThat().resideInAPackage("dev.samebits.bench.peers..").check(BENCH);
    }

    @Test
    void whatJmhRunsIsABenchmark() {
        classes().that().haveSimpleNameEndingWith("Benchmark").and().resideInAPackage("dev.samebits.bench..")
                .should().resideInAPackage("dev.samebits.bench.jmh").andShould().bePublic()
                .andShould().beAssignableTo("dev.samebits.bench.jmh.Timed").check(BENCH);
    }
}
