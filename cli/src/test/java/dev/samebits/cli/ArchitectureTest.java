package dev.samebits.cli;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLI = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.samebits.cli");

    /** From below: what is shown, files, rows of numbers, samples to train on, commands, and what starts them. */
    @Test
    void nothingDependsUpwardsAndNoCommandOnAnother() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("console").definedBy("dev.samebits.cli.console")
                .layer("page").definedBy("dev.samebits.cli.page")
                .layer("text").definedBy("dev.samebits.cli.text")
                .layer("file").definedBy("dev.samebits.cli.file")
                .layer("model").definedBy("dev.samebits.cli.model")
                .layer("data").definedBy("dev.samebits.cli.data")
                .layer("formats").definedBy("dev.samebits.cli.data.*")
                .layer("samples").definedBy("dev.samebits.cli.samples")
                .layer("receipt").definedBy("dev.samebits.cli.receipt")
                .layer("predict").definedBy("dev.samebits.cli.predict")
                .layer("train").definedBy("dev.samebits.cli.train")
                .layer("demo").definedBy("dev.samebits.cli.demo")
                .layer("convert").definedBy("dev.samebits.cli.convert")
                .layer("picture").definedBy("dev.samebits.cli.picture")
                .layer("inspect").definedBy("dev.samebits.cli.inspect")
                .layer("root").definedBy("dev.samebits.cli")
                .whereLayer("console").mayNotAccessAnyLayer()
                .whereLayer("text").mayNotAccessAnyLayer()
                .whereLayer("page").mayNotAccessAnyLayer()
                .whereLayer("file").mayOnlyAccessLayers("console")
                .whereLayer("model").mayOnlyAccessLayers("console", "file")
                .whereLayer("data").mayOnlyAccessLayers("console", "text", "file")
                .whereLayer("formats").mayOnlyAccessLayers("console", "text", "file", "data")
                .whereLayer("samples").mayOnlyAccessLayers("console", "text", "file", "data", "formats")
                .whereLayer("receipt").mayOnlyAccessLayers("console")
                .whereLayer("predict").mayOnlyAccessLayers("console", "text", "file", "model", "data", "formats", "receipt")
                .whereLayer("train").mayOnlyAccessLayers("console", "page", "text", "file", "model", "samples")
                .whereLayer("demo").mayOnlyAccessLayers("console", "file", "model", "samples")
                .whereLayer("convert").mayOnlyAccessLayers("console", "file", "model")
                .whereLayer("picture").mayOnlyAccessLayers("console")
                .whereLayer("inspect").mayOnlyAccessLayers("console", "file", "model", "picture")
                .whereLayer("root").mayNotBeAccessedByAnyLayer()
                .check(CLI);
    }

    @Test
    void packagesAreFreeOfCircles() {
        slices().matching("dev.samebits.cli.(**)").namingSlices("$1").should().beFreeOfCycles().check(CLI);
    }
}
