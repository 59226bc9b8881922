package dev.ropewalk.testkit.planted;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.util.concurrent.atomic.AtomicInteger;

/// A bug in one method of the production code.
///
/// @param name what is wrong with it
/// @param type within `dev.ropewalk`
/// @param method by name; all of that name are changed
record PlantedBug(String name, String type, String method, CodeChange change) {

    String className() {
        return "dev.ropewalk." + type;
    }

    /// The class with the bug in it.
    ///
    /// @throws IllegalStateException if the code is no longer such that the change can be made
    byte[] plant(byte[] original, ClassLoader loader) {
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
