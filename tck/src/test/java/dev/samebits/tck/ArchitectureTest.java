package dev.samebits.tck;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.samebits.Activation;
import dev.samebits.LayerKernels;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses TCK = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.samebits.tck");

    @Test
    void tckDependsOnCoreAndJUnitAlone() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "com.sun.management",
                "org.jspecify.annotations", "org.junit.jupiter.api..", "org.apache.commons.numbers..", "dev.samebits.tck",
                "dev.samebits", "dev.samebits.scalar", "dev.samebits.train").check(TCK);
    }

    @Test
    void theOracleSharesNothingWithWhatItJudges() {
        noClasses().that().belongToAnyOf(Oracle.class, ActivationOracle.class, DoubleNetwork.class, Ulp.class)
                .should().dependOnClassesThat(type(LayerKernels.class)
                        .or(resideInAnyPackage("dev.samebits.arithmetic", "dev.samebits.scalar")))
                .orShould().callMethod(Activation.class, "value", float.class)
                .check(TCK);
    }

    @Test
    void onlyWhatIsInheritedOrAskedForIsPublic() {
        classes().that().doNotBelongToAnyOf(BackendContracts.class, AllocationContract.class, BackendUnderTest.class)
                .should().notBePublic().check(TCK);
    }
}
