package dev.ropewalk.testkit.planted;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A bug in one method of the production code.
///
/// @param name what is wrong with it
/// @param type within `dev.ropewalk`
/// @param method by name; all of that name are changed
/// @param further changes where the code guards against the bug twice
record PlantedBug(String name, String type, String method, CodeChange change, List<PlantedBug> further) {

    PlantedBug(String name, String type, String method, CodeChange change) {
        this(name, type, method, change, List.of());
    }

    PlantedBug and(String otherType, String otherMethod, CodeChange otherChange) {
        return new PlantedBug(
                name, type, method, change, List.of(new PlantedBug(name, otherType, otherMethod, otherChange)));
    }

    /// The class as the bug leaves it.
    byte[] plantedIn(String loaded, byte[] original, ClassLoader loader) {
        byte[] bytes = loaded.equals(className()) ? plant(original, loader) : original;
        for (PlantedBug other : further) {
            bytes = other.plantedIn(loaded, bytes, loader);
        }
        return bytes;
    }

    String className() {
        return "dev.ropewalk." + type;
    }

    /// The class with the bug in it.
    ///
    /// @throws IllegalStateException if the code is no longer such that the change can be made
    private byte[] plant(byte[] original, ClassLoader loader) {
        ClassFile files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver())));
        ClassModel model = files.parse(original);
        AtomicInteger made = new AtomicInteger();
        byte[] changed = files.transformClass(
                model,
                ClassTransform.transformingMethods(
                        candidate -> candidate.methodName().equalsString(method)
                                && candidate.code().isPresent(),
                        change.on(model, made)));
        if (made.get() == 0) {
            throw new IllegalStateException("%s.%s has changed: nowhere to plant \"%s\"".formatted(type, method, name));
        }
        return changed;
    }

    @Override
    public String toString() {
        return name;
    }
}
