package dev.samebits;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CORE =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.samebits");

    /** {@link Backends} and what it finds backends with. */
    private static final DescribedPredicate<JavaClass> CHOICE =
            belongToAnyOf(Backends.class, Providers.class, Found.class, KnownBackend.class);

    private static final Set<String> EXACT = Set.of("fma", "abs", "sqrt");

    @Test
    void coreDependsOnTheJdkAlone() {
        classes().should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.samebits..", "org.jspecify.annotations").check(CORE);
    }

    @Test
    void arithmeticDependsOnNothingElseInTheProject() {
        classes().that().resideInAPackage("dev.samebits.arithmetic")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage("java.lang", "dev.samebits.arithmetic", "org.jspecify.annotations").check(CORE);
    }

    @Test
    void arithmeticCallsNoLibraryFunctionThatIsNotExact() {
        // Math.exp, tanh and their kind may differ by an ulp from one machine to another; StrictMath works in double.
        DescribedPredicate<JavaMethodCall> inexact = DescribedPredicate.describe("a function other than fma, abs and sqrt",
                call -> call.getTargetOwner().getName().endsWith("Math") && !EXACT.contains(call.getName()));
        noClasses().that().resideInAPackage("dev.samebits.arithmetic").should().callMethodWhere(inexact).check(CORE);
    }

    /** From below: arithmetic and threads, what users touch, what backends are made with, the scalar backend, training. */
    @Test
    void nothingDependsUpwards() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("arithmetic").definedBy("dev.samebits.arithmetic")
                .layer("parallel").definedBy("dev.samebits.parallel")
                .layer("model").definedBy(resideInAPackage("dev.samebits").and(not(CHOICE)))
                .layer("spi").definedBy("dev.samebits.spi")
                .layer("scalar").definedBy("dev.samebits.scalar")
                .layer("choice of a backend").definedBy(CHOICE)
                .layer("train").definedBy("dev.samebits.train")
                .whereLayer("arithmetic").mayNotAccessAnyLayer()
                .whereLayer("parallel").mayNotAccessAnyLayer()
                .whereLayer("model").mayOnlyAccessLayers("arithmetic", "parallel")
                .whereLayer("spi").mayOnlyAccessLayers("arithmetic", "parallel", "model")
                .whereLayer("scalar").mayOnlyAccessLayers("arithmetic", "parallel", "model", "spi")
                .whereLayer("choice of a backend").mayOnlyAccessLayers("model", "spi", "scalar")
                .whereLayer("train").mayOnlyAccessLayers("model", "choice of a backend")
                .check(CORE);
    }

    @Test
    void packagesAreFreeOfCircles() {
        // Backends lies where users look for it, and finds what lies above: nothing else may.
        slices().matching("dev.samebits.(*)..").namingSlices("$1").should().beFreeOfCycles().check(CORE);
        noClasses().that().resideInAPackage("dev.samebits").and(not(CHOICE))
                .should().dependOnClassesThat()
                .resideInAnyPackage("dev.samebits.spi", "dev.samebits.scalar", "dev.samebits.train")
                .check(CORE);
    }

    @Test
    void nothingCompilesAgainstABackend() {
        // But what finds them: scalar is there whatever was done to the jar.
        noClasses().that().resideOutsideOfPackage("dev.samebits.scalar").and().doNotBelongToAnyOf(Providers.class)
                .should().dependOnClassesThat().resideInAPackage("dev.samebits.scalar").check(CORE);
    }
}
