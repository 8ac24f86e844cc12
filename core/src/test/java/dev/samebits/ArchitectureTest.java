package dev.samebits;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CORE =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.samebits");

    private static final Set<String> EXACT = Set.of("fma", "abs");

    @Test
    void coreDependsOnTheJdkAlone() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "dev.samebits..").check(CORE);
    }

    @Test
    void arithmeticDependsOnNothingElseInTheProject() {
        classes().that().resideInAPackage("dev.samebits.arithmetic")
                .should().onlyDependOnClassesThat().resideInAnyPackage("java.lang", "dev.samebits.arithmetic").check(CORE);
    }

    @Test
    void arithmeticCallsNoLibraryFunctionThatIsNotExact() {
        // Math.exp, tanh and their kind may differ by an ulp from one machine to another; StrictMath works in double.
        DescribedPredicate<JavaMethodCall> inexact = DescribedPredicate.describe("a function other than fma and abs",
                call -> call.getTargetOwner().getName().endsWith("Math") && !EXACT.contains(call.getName()));
        noClasses().that().resideInAPackage("dev.samebits.arithmetic").should().callMethodWhere(inexact).check(CORE);
    }

    @Test
    void kernelsDoNotKnowTraining() {
        noClasses().that().resideInAnyPackage("dev.samebits.kernel", "dev.samebits.scalar", "dev.samebits.session")
                .should().dependOnClassesThat().resideInAPackage("dev.samebits.train").check(CORE);
        noClasses().that().resideInAPackage("dev.samebits")
                .should().dependOnClassesThat().resideInAPackage("dev.samebits.train").check(CORE);
    }

    @Test
    void nothingCompilesAgainstABackend() {
        // But what finds them: scalar is there whatever was done to the jar.
        noClasses().that().resideOutsideOfPackage("dev.samebits.scalar").and().doNotBelongToAnyOf(Providers.class)
                .should().dependOnClassesThat().resideInAPackage("dev.samebits.scalar").check(CORE);
    }
}
