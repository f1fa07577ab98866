package dev.patchgrad.guard.hygiene;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Follows vectors through a method to where they become an Object: no descriptor tells of that,
 * since generics and fields of type Object erase it.
 *
 * <p>One pass suffices, as for Java's verifier: at each place that is jumped to, the class file
 * tells the types of all variables.
 */
final class ErasedVectors {
  /** What lies in a variable or on the stack. */
  private enum Slot {
    VECTOR,
    /** A long or a double. */
    WIDE,
    OTHER
  }

  /** Takes what is found. */
  interface Findings {
    /** Takes a finding of a rule, with its line. */
    void add(Rule rule, int line, String what);
  }

  private final Findings findings;
  private final ClassDesc returned;
  private final Map<Label, StackMapFrameInfo> frames;
  private final Map<Integer, Slot> variables = new HashMap<>();
  private final List<Slot> stack = new ArrayList<>();
  private int line;

  private ErasedVectors(MethodModel method, CodeAttribute code, Findings findings) {
    this.findings = findings;
    returned = method.methodTypeSymbol().returnType();
    frames =
        code.findAttribute(Attributes.stackMapTable()).stream()
            .map(StackMapTableAttribute::entries)
            .flatMap(List::stream)
            .collect(Collectors.toMap(StackMapFrameInfo::target, frame -> frame, (a, b) -> b));
    int at = method.flags().has(java.lang.reflect.AccessFlag.STATIC) ? 0 : 1;
    for (ClassDesc parameter : method.methodTypeSymbol().parameterList()) {
      variables.put(at, slot(parameter));
      at += TypeKind.from(parameter).slotSize();
    }
  }

  /** Finds them in a method that has code. */
  static void find(MethodModel method, CodeAttribute code, Findings findings) {
    ErasedVectors vectors = new ErasedVectors(method, code, findings);
    boolean reached = true;
    for (CodeElement element : code) {
      if (element instanceof LineNumber number) {
        vectors.line = number.line();
      } else if (element instanceof LabelTarget target) {
        StackMapFrameInfo frame = vectors.frames.get(target.label());
        if (frame != null) {
          vectors.enter(frame);
          reached = true;
        }
      } else if (reached && element instanceof Instruction instruction) {
        vectors.step(instruction);
        reached = !endsFlow(instruction);
      }
    }
  }

  private static boolean endsFlow(Instruction instruction) {
    return switch (instruction) {
      case ReturnInstruction ignored -> true;
      case ThrowInstruction ignored -> true;
      case TableSwitchInstruction ignored -> true;
      case LookupSwitchInstruction ignored -> true;
      case BranchInstruction branch ->
          branch.opcode() == Opcode.GOTO || branch.opcode() == Opcode.GOTO_W;
      default -> false;
    };
  }

  private void enter(StackMapFrameInfo frame) {
    variables.clear();
    int at = 0;
    for (VerificationTypeInfo type : frame.locals()) {
      Slot slot = slot(type);
      variables.put(at, slot);
      at += slot == Slot.WIDE ? 2 : 1;
    }
    stack.clear();
    frame.stack().forEach(type -> stack.add(slot(type)));
  }

  private void step(Instruction instruction) {
    switch (instruction) {
      case LoadInstruction load ->
          stack.add(
              load.typeKind() == TypeKind.REFERENCE
                  ? variables.getOrDefault(load.slot(), Slot.OTHER)
                  : slot(load.typeKind()));
      case StoreInstruction store -> variables.put(store.slot(), pop());
      case ConstantInstruction constant -> stack.add(slot(constant.typeKind()));
      case FieldInstruction field -> field(field);
      case ArrayLoadInstruction load -> {
        pop(2);
        stack.add(slot(load.typeKind()));
      }
      case ArrayStoreInstruction ignored -> {
        if (pop() == Slot.VECTOR) {
          findings.add(Rule.STORED, line, "puts a vector into an array");
        }
        pop(2);
      }
      case InvokeInstruction call -> call(call);
      case InvokeDynamicInstruction call -> {
        pop(call.typeSymbol().parameterCount());
        push(call.typeSymbol().returnType());
      }
      case TypeCheckInstruction check -> check(check);
      case OperatorInstruction operator -> {
        pop(isUnary(operator.opcode()) ? 1 : 2);
        stack.add(slot(resultOf(operator)));
      }
      case ConvertInstruction conversion -> {
        pop();
        stack.add(slot(conversion.toType()));
      }
      case BranchInstruction branch -> pop(operands(branch.opcode()));
      case TableSwitchInstruction ignored -> pop();
      case LookupSwitchInstruction ignored -> pop();
      case ReturnInstruction back -> {
        if (back.typeKind() == TypeKind.REFERENCE
            && pop() == Slot.VECTOR
            && !VectorTypes.isOfTheApi(returned)) {
          findings.add(Rule.CROSSES, line, "returns a vector as " + returned.displayName());
        }
      }
      case NewObjectInstruction ignored -> stack.add(Slot.OTHER);
      case NewPrimitiveArrayInstruction ignored -> replace(1);
      case NewReferenceArrayInstruction ignored -> replace(1);
      case NewMultiArrayInstruction made -> replace(made.dimensions());
      case MonitorInstruction ignored -> pop();
      case StackInstruction move -> move(move.opcode());
      default -> {}
    }
  }

  private void field(FieldInstruction field) {
    ClassDesc type = field.typeSymbol();
    boolean puts = field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.PUTSTATIC;
    if (puts && pop() == Slot.VECTOR && !VectorTypes.isOfTheApi(type)) {
      findings.add(
          Rule.STORED,
          line,
          "puts a vector into %s, a field of type %s"
              .formatted(field.name().stringValue(), type.displayName()));
    }
    if (field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.GETFIELD) {
      pop();
    }
    if (!puts) {
      push(type);
    }
  }

  private void call(InvokeInstruction call) {
    if (isCast(call)) {
      Slot cast = pop();
      pop();
      stack.add(cast);
      return;
    }
    List<ClassDesc> parameters = call.typeSymbol().parameterList();
    boolean erased = false;
    for (ClassDesc parameter : parameters.reversed()) {
      erased |= pop() == Slot.VECTOR && !VectorTypes.isOfTheApi(parameter);
    }
    if (erased && !VectorTypes.isOfTheApi(call.owner().asSymbol())) {
      findings.add(
          Rule.CROSSES,
          line,
          "gives a vector as an Object to %s.%s"
              .formatted(call.owner().asSymbol().displayName(), call.name().stringValue()));
    }
    if (call.opcode() != Opcode.INVOKESTATIC) {
      pop();
    }
    push(call.typeSymbol().returnType());
  }

  /** {@code Class.cast}, which C2 always makes a check of the class: no call is left of it. */
  private static boolean isCast(InvokeInstruction call) {
    return call.owner().asSymbol().equals(ConstantDescs.CD_Class)
        && call.name().equalsString("cast");
  }

  private void check(TypeCheckInstruction check) {
    Slot before = pop();
    if (check.opcode() == Opcode.INSTANCEOF) {
      stack.add(Slot.OTHER);
      return;
    }
    ClassDesc type = check.type().asSymbol();
    push(type);
    if (VectorTypes.isValue(type) && before == Slot.OTHER) {
      findings.add(Rule.CROSSES, line, "takes a vector that came as an Object");
    }
  }

  private static boolean isUnary(Opcode opcode) {
    return switch (opcode) {
      case ARRAYLENGTH, INEG, LNEG, FNEG, DNEG -> true;
      default -> false;
    };
  }

  private static TypeKind resultOf(OperatorInstruction operator) {
    return switch (operator.opcode()) {
      case LCMP, DCMPL, DCMPG, FCMPL, FCMPG, ARRAYLENGTH -> TypeKind.INT;
      default -> operator.typeKind();
    };
  }

  private static int operands(Opcode branch) {
    return switch (branch) {
      case GOTO, GOTO_W -> 0;
      case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, IFNULL, IFNONNULL -> 1;
      default -> 2;
    };
  }

  /** As the JVM's specification has them: one slot for a long or double here, two there. */
  private void move(Opcode opcode) {
    Slot top = pop();
    switch (opcode) {
      case POP -> {}
      case POP2 -> popUnlessWide(top);
      case DUP -> push(top, top);
      case DUP_X1 -> {
        Slot second = pop();
        push(top, second, top);
      }
      case DUP_X2 -> {
        Slot second = pop();
        if (second == Slot.WIDE) {
          push(top, second, top);
        } else {
          Slot third = pop();
          push(top, third, second, top);
        }
      }
      case DUP2 -> {
        if (top == Slot.WIDE) {
          push(top, top);
        } else {
          Slot second = pop();
          push(second, top, second, top);
        }
      }
      case DUP2_X1, DUP2_X2 -> {
        List<Slot> moved = new ArrayList<>(List.of(top));
        if (top != Slot.WIDE) {
          moved.addFirst(pop());
        }
        List<Slot> over = new ArrayList<>(List.of(pop()));
        if (opcode == Opcode.DUP2_X2 && over.getFirst() != Slot.WIDE) {
          over.addFirst(pop());
        }
        stack.addAll(moved);
        stack.addAll(over);
        stack.addAll(moved);
      }
      default -> {
        Slot second = pop();
        push(top, second);
      }
    }
  }

  private void popUnlessWide(Slot top) {
    if (top != Slot.WIDE) {
      pop();
    }
  }

  private void replace(int count) {
    pop(count);
    stack.add(Slot.OTHER);
  }

  private void push(Slot... slots) {
    stack.addAll(List.of(slots));
  }

  private void push(ClassDesc type) {
    if (!type.equals(ConstantDescs.CD_void)) {
      stack.add(slot(type));
    }
  }

  private Slot pop() {
    return stack.isEmpty() ? Slot.OTHER : stack.removeLast();
  }

  private void pop(int count) {
    for (int i = 0; i < count; i++) {
      pop();
    }
  }

  private static Slot slot(ClassDesc type) {
    return VectorTypes.isValue(type) ? Slot.VECTOR : slot(TypeKind.from(type));
  }

  private static Slot slot(TypeKind kind) {
    return kind.slotSize() == 2 ? Slot.WIDE : Slot.OTHER;
  }

  private static Slot slot(VerificationTypeInfo type) {
    return switch (type) {
      case ObjectVerificationTypeInfo object -> slot(object.classSymbol());
      case SimpleVerificationTypeInfo.LONG, SimpleVerificationTypeInfo.DOUBLE -> Slot.WIDE;
      default -> Slot.OTHER;
    };
  }
}
