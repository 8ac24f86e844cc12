package dev.samebits.gpu;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.aparapi.Kernel;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses GPU = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.samebits.gpu");

    @Test
    void gpuDependsOnCoreAndAparapiAlone() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "org.jspecify.annotations",
                "com.aparapi..", "dev.samebits.gpu", "dev.samebits", "dev.samebits.spi", "dev.samebits.arithmetic",
                "dev.samebits.scalar").check(GPU);
    }

    /** What Aparapi translates has no objects: all that it names are other functions of its chain, and constants. */
    @Test
    void programsDependOnTheirChainAlone() {
        classes().that().areAssignableTo(Kernel.class)
                .should().onlyDependOnClassesThat(assignableTo(Kernel.class).or(
                        resideInAnyPackage("java.lang", "java.lang.annotation", "com.aparapi..", "dev.samebits.arithmetic")))
                .check(GPU);
    }

    /** What is to be computed is written down without the device that will do it. */
    @Test
    void plansDoNotKnowTheDevice() {
        noClasses().that(belongToAnyOf(Plan.class, ForwardPlan.class, TrainingPlan.class, Rows.class, Panels.class,
                        Params.class, LayerPlace.class))
                .should().dependOnClassesThat(assignableTo(Kernel.class).or(resideInAnyPackage("com.aparapi.."))
                        .or(belongToAnyOf(ProgramRunner.class, ChosenDevice.class)))
                .check(GPU);
    }

    @Test
    void onlyWhatUsersNeedIsPublic() {
        classes().that().doNotBelongToAnyOf(
                        OpenClProvider.class, OpenClException.class, DeviceSession.class, Transfers.class)
                .should().notBePublic().check(GPU);
    }
}
