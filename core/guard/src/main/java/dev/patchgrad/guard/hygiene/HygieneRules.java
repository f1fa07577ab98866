package dev.patchgrad.guard.hygiene;

import dev.patchgrad.guard.VectorHygiene;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Holds classes to the rules. */
final class HygieneRules {
  private final VectorHygiene limits;
  private final Excuses excuses;
  private final Set<ClassDesc> own;
  private final List<Finding> findings = new ArrayList<>();
  private int methodsWithVectors;

  private HygieneRules(List<ClassModel> models, VectorHygiene limits) {
    this.limits = limits;
    this.excuses = new Excuses(models);
    this.own =
        models.stream().map(model -> model.thisClass().asSymbol()).collect(Collectors.toSet());
  }

  /**
   * What was found.
   *
   * @param classes how many were read
   * @param methodsWithVectors how many methods call the Vector API
   * @param findings of all rules
   */
  record Result(int classes, int methodsWithVectors, List<Finding> findings) {}

  /** Holds class files to the rules. */
  static Result check(Collection<byte[]> files, VectorHygiene limits) {
    List<ClassModel> models = files.stream().map(bytes -> ClassFile.of().parse(bytes)).toList();
    HygieneRules rules = new HygieneRules(models, limits);
    models.forEach(rules::check);
    return new Result(models.size(), rules.methodsWithVectors, List.copyOf(rules.findings));
  }

  private void check(ClassModel model) {
    boolean excused = excuses.covers(model);
    if (!excused) {
      for (FieldModel field : model.fields()) {
        if (!Excuses.excuses(field)) {
          check(model, field);
        }
      }
    }
    Set<String> reported = capturingLambdas(model);
    for (MethodModel method : model.methods()) {
      boolean free = excused || excuses.covers(model, method);
      if (!free && !reported.contains(method.methodName().stringValue())) {
        checkCrossing(model, method);
      }
      checkSize(model, method, free);
      if (method.code().isPresent() && !free) {
        checkCode(model, method);
      }
    }
  }

  private void check(ClassModel model, FieldModel field) {
    ClassDesc type = field.fieldTypeSymbol();
    ClassDesc element = VectorTypes.element(type);
    boolean constant = field.flags().has(AccessFlag.STATIC) && field.flags().has(AccessFlag.FINAL);
    String name = field.fieldName().stringValue();
    if (VectorTypes.isVector(element)) {
      add(Rule.STORED, model, name, lineOf(model, name), "is a vector in a field");
    } else if (VectorTypes.isValue(element) || VectorTypes.isSpecies(element)) {
      if (type.isArray()) {
        add(Rule.CONSTANT, model, name, lineOf(model, name), "is an array: no element is constant");
      } else if (!constant) {
        add(
            Rule.CONSTANT,
            model,
            name,
            lineOf(model, name),
            "is no static final " + type.displayName());
      }
    }
  }

  private void checkCrossing(ClassModel model, MethodModel method) {
    boolean value = crosses(method, VectorTypes::isValue);
    if (value || crosses(method, VectorTypes::isSpecies)) {
      add(
          Rule.CROSSES,
          model,
          name(method),
          firstLine(method),
          value ? "takes or returns a vector, mask or shuffle" : "takes or returns a species");
    }
  }

  private static boolean crosses(MethodModel method, Predicate<ClassDesc> type) {
    return VectorTypes.crossing(method.methodTypeSymbol()).anyMatch(type);
  }

  private void checkSize(ClassModel model, MethodModel method, boolean excused) {
    if (!(method.code().orElse(null) instanceof CodeAttribute code)) {
      return;
    }
    boolean crossed = crosses(method, VectorTypes::isValue);
    boolean uses =
        code.elementStream()
            .anyMatch(
                element ->
                    element instanceof InvokeInstruction invoke
                        && VectorTypes.isValue(invoke.owner().asSymbol()));
    if (!crossed && !uses) {
      return;
    }
    methodsWithVectors++;
    int limit = crossed ? limits.largestInlined() : limits.largestMethod();
    // A method that a vector crosses is excused because it is inlined: so it must be able to be.
    if (code.codeLength() > limit && (crossed || !excused)) {
      add(
          Rule.SIZE,
          model,
          name(method),
          firstLine(method),
          "has %d bytes of byte code, above %d%s"
              .formatted(code.codeLength(), limit, crossed ? ", and a vector crosses it" : ""));
    }
  }

  private void checkCode(ClassModel model, MethodModel method) {
    if (method.code().orElse(null) instanceof CodeAttribute code) {
      ErasedVectors.find(
          method, code, (rule, at, what) -> add(rule, model, name(method), at, what));
    }
    int line = 0;
    for (CodeElement element : method.code().orElseThrow()) {
      if (element instanceof LineNumber number) {
        line = number.line();
      } else if (element instanceof InvokeDynamicInstruction dynamic && captures(dynamic)) {
        add(Rule.CAPTURED, model, name(method), line, "captures a vector, mask or species");
      } else if (element instanceof InvokeInstruction call && isForeign(call)) {
        add(
            Rule.CROSSES,
            model,
            name(method),
            line,
            "calls %s.%s, which takes or returns a vector"
                .formatted(call.owner().asSymbol().displayName(), call.name().stringValue()));
      } else if (VectorTypes.isValue(VectorTypes.element(arrayMadeBy(element)))) {
        add(Rule.STORED, model, name(method), line, "makes an array of vectors");
      }
    }
  }

  /** The type of an array that an instruction makes, or void. */
  private static ClassDesc arrayMadeBy(CodeElement element) {
    return switch (element) {
      case NewReferenceArrayInstruction made -> made.componentType().asSymbol();
      case NewMultiArrayInstruction made -> made.arrayType().asSymbol();
      default -> ConstantDescs.CD_void;
    };
  }

  /** Whether a call that a vector crosses leads to a class that is not checked itself. */
  private boolean isForeign(InvokeInstruction call) {
    ClassDesc owner = call.owner().asSymbol();
    return !VectorTypes.isOfTheApi(owner)
        && !own.contains(owner)
        && VectorTypes.crossing(call.typeSymbol()).anyMatch(VectorTypes::isValue);
  }

  private static boolean captures(InvokeDynamicInstruction dynamic) {
    return dynamic.typeSymbol().parameterList().stream()
        .map(VectorTypes::element)
        .anyMatch(type -> VectorTypes.isValue(type) || VectorTypes.isSpecies(type));
  }

  /** The bodies of lambdas that capture vectors: they are reported where they capture. */
  private static Set<String> capturingLambdas(ClassModel model) {
    Set<String> names = new HashSet<>();
    for (MethodModel method : model.methods()) {
      method
          .code()
          .ifPresent(
              code ->
                  code.forEach(
                      element -> {
                        if (element instanceof InvokeDynamicInstruction dynamic
                            && captures(dynamic)) {
                          dynamic.bootstrapArgs().stream()
                              .filter(DirectMethodHandleDesc.class::isInstance)
                              .map(argument -> ((DirectMethodHandleDesc) argument).methodName())
                              .forEach(names::add);
                        }
                      }));
    }
    return names;
  }

  private void add(Rule rule, ClassModel model, String member, int line, String what) {
    ClassDesc type = model.thisClass().asSymbol();
    String file =
        model
            .findAttribute(Attributes.sourceFile())
            .map(attribute -> attribute.sourceFile().stringValue())
            .orElse(type.displayName());
    String name = model.thisClass().asInternalName().replace('/', '.');
    findings.add(new Finding(rule, name + "." + member, file, line, what));
  }

  private static String name(MethodModel method) {
    return method.methodName().stringValue();
  }

  private static int firstLine(MethodModel method) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .filter(LineNumber.class::isInstance)
        .mapToInt(element -> ((LineNumber) element).line())
        .findFirst()
        .orElse(0);
  }

  /** Where a field is first written to: the byte code does not tell where it is declared. */
  private static int lineOf(ClassModel model, String field) {
    for (MethodModel method : model.methods()) {
      int line = 0;
      if (method.code().isPresent()) {
        for (CodeElement element : method.code().get()) {
          if (element instanceof LineNumber number) {
            line = number.line();
          } else if (element instanceof FieldInstruction access
              && access.name().equalsString(field)
              && access.opcode().name().startsWith("PUT")) {
            return line;
          }
        }
      }
    }
    return 0;
  }
}
