package dev.samebits.djl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses DJL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.samebits.djl");

    @Test
    void djlDependsOnCoreOnnxAndDjlsInterfaceAlone() {
        classes().should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.samebits", "dev.samebits.train", "dev.samebits.onnx", "dev.samebits.djl",
                        "ai.djl..", "org.jspecify.annotations").check(DJL);
    }

    /** Nothing of it is for users but what they name. */
    @Test
    void twoTypesArePublic() {
        classes().that().haveModifier(JavaModifier.PUBLIC).should().haveNameMatching(
                "dev\\.samebits\\.djl\\.(SamebitsEngineProvider|RowTranslatorFactory)").check(DJL);
    }

    /** Arrays and managers know nothing of models. */
    @Test
    void arraysDependOnNoModel() {
        noClasses().that().haveNameMatching(".*\\.(Plain|Refusing|Array|Moves|Dims|Lent|Conversion|Unsupported).*")
                .or().haveNameMatching(".*Elements").should().dependOnClassesThat()
                .haveNameMatching(".*\\.(Samebits(Model|Block)|ModelFile|ModelOptions|.*Translator.*)").check(DJL);
    }
}
