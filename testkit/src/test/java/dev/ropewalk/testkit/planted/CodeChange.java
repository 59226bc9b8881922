package dev.ropewalk.testkit.planted;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A change to the bytecode of one method; says how often it was made.
interface CodeChange {

    /// @param made to be raised with each change that is made
    MethodTransform on(ClassModel type, AtomicInteger made);

    /// Replaces each instruction that matches, or only the `k`-th of them, from 0.
    private static CodeChange replace(
            Predicate<CodeElement> which, int k, BiConsumer<CodeBuilder, CodeElement> replacement) {
        return (_, made) -> {
            AtomicInteger seen = new AtomicInteger();
            return MethodTransform.transformingCode((builder, element) -> {
                if (which.test(element) && (seen.getAndIncrement() == k || k < 0)) {
                    made.incrementAndGet();
                    replacement.accept(builder, element);
                } else {
                    builder.with(element);
                }
            });
        };
    }

    /// Turns a kind of branch into another.
    static CodeChange branch(Opcode from, Opcode to, int k) {
        return replace(
                element -> element instanceof BranchInstruction branch && branch.opcode() == from,
                k,
                (builder, element) -> builder.branch(to, ((BranchInstruction) element).target()));
    }

    /// Puts code in front of a kind of branch.
    static CodeChange beforeBranch(Opcode which, int k, Consumer<CodeBuilder> code) {
        return replace(
                element -> element instanceof BranchInstruction branch && branch.opcode() == which,
                k,
                (builder, element) -> {
                    code.accept(builder);
                    builder.with(element);
                });
    }

    static CodeChange constant(Object from, Consumer<CodeBuilder> to) {
        return replace(
                element -> element instanceof ConstantInstruction constant
                        && constant.constantValue().equals(from),
                -1,
                (builder, _) -> to.accept(builder));
    }

    private static boolean calls(CodeElement element, String method) {
        return element instanceof InvokeInstruction call && call.name().equalsString(method);
    }

    /// Leaves a call out; what it would return is made by `result`.
    static CodeChange drop(String method, int k, Consumer<CodeBuilder> result) {
        return replace(element -> calls(element, method), k, (builder, element) -> {
            InvokeInstruction call = (InvokeInstruction) element;
            List<ClassDesc> parameters = call.typeSymbol().parameterList();
            for (ClassDesc parameter : parameters.reversed()) {
                pop(builder, parameter);
            }
            if (call.opcode() != Opcode.INVOKESTATIC) {
                builder.pop();
            }
            result.accept(builder);
        });
    }

    static CodeChange drop(String method) {
        return drop(method, -1, _ -> {});
    }

    /// Puts code behind a call.
    static CodeChange after(String method, Consumer<CodeBuilder> code) {
        return replace(element -> calls(element, method), -1, (builder, element) -> {
            builder.with(element);
            code.accept(builder);
        });
    }

    /// Makes a call with one argument twice, and forgets what the first returns.
    static CodeChange twice(String method, int k) {
        return replace(
                element -> calls(element, method),
                k,
                (builder, element) -> builder.dup2().with(element).pop().with(element));
    }

    /// Leaves out the assignment of a field.
    static CodeChange keepField(String field) {
        return replace(
                element -> element instanceof FieldInstruction put
                        && put.opcode() == Opcode.PUTFIELD
                        && put.name().equalsString(field),
                -1,
                (builder, element) -> {
                    pop(builder, ((FieldInstruction) element).typeSymbol());
                    builder.pop();
                });
    }

    private static void pop(CodeBuilder builder, ClassDesc type) {
        if (TypeKind.from(type).slotSize() == 2) {
            builder.pop2();
        } else {
            builder.pop();
        }
    }

    /// Turns one operation without operands into another.
    static CodeChange operation(Opcode from, int k, Consumer<CodeBuilder> to) {
        return replace(
                element ->
                        element instanceof java.lang.classfile.Instruction instruction && instruction.opcode() == from,
                k,
                (builder, _) -> to.accept(builder));
    }

    /// Puts code at the start of the method.
    static CodeChange first(Consumer<CodeBuilder> code) {
        return (_, made) -> MethodTransform.transformingCode(new CodeTransform() {
            @Override
            public void atStart(CodeBuilder builder) {
                made.incrementAndGet();
                code.accept(builder);
            }

            @Override
            public void accept(CodeBuilder builder, CodeElement element) {
                builder.with(element);
            }
        });
    }

    /// Puts other code in the place of the method's.
    static CodeChange instead(Consumer<CodeBuilder> code) {
        return (_, made) -> (builder, element) -> {
            if (element instanceof CodeModel) {
                made.incrementAndGet();
                builder.withCode(code);
            } else {
                builder.with(element);
            }
        };
    }

    static ClassDesc type(String name) {
        return ClassDesc.of("dev.ropewalk." + name);
    }

    static MethodTypeDesc method(ClassDesc result, ClassDesc... parameters) {
        return MethodTypeDesc.of(result, parameters);
    }
}
