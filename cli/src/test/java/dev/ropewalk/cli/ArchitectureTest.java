package dev.ropewalk.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// Keeps the house standing: the arrows between its rooms, the purity of the core, no circles.
///
/// It stands in `cli`, the module from which all others are on the class path. A class belongs to the
/// module whose build folder it was loaded from, so a new package or module needs no change here
/// unless it is a new kind of room. Maven's poms draw the same arrows; this test says why a pom may
/// not grow one, and looks closer than Maven can.
@AnalyzeClasses(packages = "dev.ropewalk", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /// Which rooms each room may know. A room of many modules (`tools`) is one word: its modules do
    /// not know each other.
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "core", Set.of(),
            "engine", Set.of("core"),
            "stores", Set.of("core", "engine"),
            "tools", Set.of("core", "engine"),
            "formats", Set.of("core", "engine"),
            "testkit", Set.of("core", "engine"),
            "cli", Set.of("core", "engine", "stores", "tools", "formats"),
            "server", Set.of("core", "engine", "stores", "tools", "formats"),
            "cluster", Set.of("core", "engine", "stores", "tools", "formats"));

    private static final Pattern MODULE = Pattern.compile("/((?:stores|tools)/[^/]+|[^/]+)/target/");

    @ArchTest
    static final ArchRule arrows_point_one_way = classes()
            .should(depend_only_along_the_arrows())
            .because("core decides, engine acts, the others reach out, and a reader can trust one room at a time");

    @ArchTest
    static final ArchRule a_package_lives_in_one_module =
            classes().should(be_in_the_module_of_their_package()).because("a package is the unit of hiding");

    @ArchTest
    static final ArchRule there_is_no_circle_between_packages =
            slices().assignedFrom(the_package()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packages_are_null_marked =
            classes().should(be_in_a_null_marked_package()).because("NullAway checks only what is marked");

    @ArchTest
    static final ArchRule the_core_decides_and_never_acts = noClasses()
            .that(are(in_module("core")))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.io..",
                            "java.net..",
                            "java.nio.file..",
                            "java.nio.channels..",
                            "java.util.concurrent..",
                            "java.util.logging..",
                            "java.lang.reflect..",
                            "org.slf4j..",
                            "javax..")
                    .or(type(Thread.class))
                    .or(type(Clock.class))
                    .or(type(Random.class)))
            .orShould()
            .accessTargetWhere(asks_the_world())
            .because("replay and the simulator run this code with their own clock, threads and disk");

    @ArchTest
    static final ArchRule only_the_command_speaks_to_the_terminal = noClasses()
            .that(are(not(in_module("cli"))))
            .should(ACCESS_STANDARD_STREAMS)
            .because("a library's output belongs to the program that embeds it");

    @ArchTest
    static final ArchRule logging_goes_through_slf4j = noClasses()
            .that(are(not(in_module("cli"))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..")
            .because("the command alone binds SLF4J to a logger");

    /// What those who embed or extend the engine program against.
    private static final Set<String> API = Set.of(
            "dev.ropewalk",
            "dev.ropewalk.agents",
            "dev.ropewalk.plan",
            "dev.ropewalk.tool",
            "dev.ropewalk.store",
            "dev.ropewalk.expression",
            "dev.ropewalk.secret",
            "dev.ropewalk.strategy",
            "dev.ropewalk.plugin");

    @ArchTest
    static final ArchRule the_api_shows_no_inner_type = codeUnits()
            .that()
            .areDeclaredInClassesThat(describe("belong to the API", type -> API.contains(type.getPackageName())))
            .and(describe("are for others", ArchitectureTest::isForOthers))
            .should(show_only_types_of_the_api())
            .because("what is inside may change with every version");

    private static boolean isForOthers(JavaCodeUnit member) {
        return isOpen(member.getModifiers())
                && enclosing(member.getOwner()).allMatch(type -> isOpen(type.getModifiers()));
    }

    private static Stream<JavaClass> enclosing(JavaClass type) {
        return Stream.concat(Stream.of(type), type.getEnclosingClass().stream().flatMap(ArchitectureTest::enclosing));
    }

    private static boolean isOpen(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static ArchCondition<JavaCodeUnit> show_only_types_of_the_api() {
        return new ArchCondition<>("show only types of the API") {
            @Override
            public void check(JavaCodeUnit member, ConditionEvents events) {
                Stream.concat(
                                member.getReturnType().getAllInvolvedRawTypes().stream(),
                                member.getParameterTypes().stream()
                                        .flatMap(parameter -> parameter.getAllInvolvedRawTypes().stream()))
                        .map(JavaClass::getBaseComponentType)
                        .filter(type -> type.getPackageName().startsWith("dev.ropewalk")
                                && !API.contains(type.getPackageName()))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                member, "%s shows %s".formatted(member.getFullName(), type.getName()))));
            }
        };
    }

    private static DescribedPredicate<JavaAccess<?>> asks_the_world() {
        Set<String> questions = Set.of(
                "java.lang.System.currentTimeMillis",
                "java.lang.System.nanoTime",
                "java.lang.System.getenv",
                "java.lang.System.getProperty",
                "java.lang.System.identityHashCode",
                "java.lang.Math.random",
                "java.util.Collections.shuffle",
                "java.util.UUID.randomUUID");
        return describe("asks for the time, the environment or a random value", access -> {
            JavaClass asked = access.getTargetOwner();
            return questions.contains(asked.getName() + "." + access.getName())
                    || (asked.getPackageName().equals("java.time")
                            && access.getName().equals("now"));
        });
    }

    private static ArchCondition<JavaClass> depend_only_along_the_arrows() {
        return new ArchCondition<>("depend only along the arrows") {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                String module = module(from);
                Set<String> allowed = ARROWS.get(room(module));
                if (allowed == null) {
                    events.add(SimpleConditionEvent.violated(
                            from, "%s is in %s, a room without arrows: add it to ARROWS".formatted(from, module)));
                    return;
                }
                for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                    JavaClass to = dependency.getTargetClass().getBaseComponentType();
                    if (to.getPackageName().startsWith("dev.ropewalk")
                            && !module(to).equals(module)
                            && !allowed.contains(room(module(to)))) {
                        events.add(SimpleConditionEvent.violated(
                                dependency,
                                "%s must not know %s: %s".formatted(module, module(to), dependency.getDescription())));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> be_in_the_module_of_their_package() {
        return new ArchCondition<>("be in the same module as the rest of their package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaClass neighbour : type.getPackage().getClasses()) {
                    if (!neighbour.isArray() && !module(neighbour).equals(module(type))) {
                        events.add(SimpleConditionEvent.violated(
                                type,
                                "%s is in %s and %s in %s"
                                        .formatted(
                                                type.getName(), module(type), neighbour.getName(), module(neighbour))));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> be_in_a_null_marked_package() {
        return new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            type,
                            "%s of %s: give its package a package-info.java with @NullMarked"
                                    .formatted(type.getPackageName(), type.getSimpleName())));
                }
            }
        };
    }

    private static SliceAssignment the_package() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }

    private static DescribedPredicate<JavaClass> in_module(String module) {
        return describe("in " + module, type -> module(type).equals(module));
    }

    /// Such as `core` or `tools/mcp`; `nowhere` for a class that no build of ours made.
    private static String module(JavaClass type) {
        return type.getSource().stream()
                .flatMap(source -> MODULE.matcher(source.getUri().toString()).results())
                .map(match -> match.group(1))
                .reduce("nowhere", (outer, inner) -> inner);
    }

    private static String room(String module) {
        int slash = module.indexOf('/');
        return slash < 0 ? module : module.substring(0, slash);
    }
}
