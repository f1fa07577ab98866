<#-- What templates share. Each gives a piece of an expression, so that lines that differ by a number stand once. -->

<#-- A multiple of a unit: 0, LANES, 2 * LANES. -->
<#function times count unit>
  <#if count == 0><#return "0"></#if>
  <#return (count == 1)?then(unit, count + " * " + unit)>
</#function>

<#-- A multiple to add: nothing, + LANES, + 2 * LANES. -->
<#function plus count unit>
  <#return (count == 0)?then("", " + " + times(count, unit))>
</#function>

<#-- A multiple that is added to: nothing, LANES +, 2 * LANES +. -->
<#function before count unit>
  <#return (count == 0)?then("", times(count, unit) + " + ")>
</#function>

<#-- The same of ones: nothing, + 1, + 2. -->
<#function more count>
  <#return (count == 0)?then("", " + " + count)>
</#function>

<#-- An index further on, to be multiplied: j, (j + 1), (j + 2). -->
<#function further index count>
  <#return (count == 0)?then(index, "(" + index + " + " + count + ")")>
</#function>

<#-- The end of a name whose first has no number: base, base1, base2. -->
<#function numbered count>
  <#return (count == 0)?then("", count?c)>
</#function>

<#-- In turn the one or the other name, so that neither sum waits for itself. -->
<#function turn count>
  <#return (count % 2 == 0)?then("even", "odd")>
</#function>

<#-- A small number as a word. -->
<#function inWords count>
  <#return ["none", "one", "two", "three", "four", "five", "six", "seven", "eight"][count]>
</#function>

<#-- The lengths, in bits, that halving a vector goes by, down to two lanes. Of templates of a precision alone. -->
<#assign halves = [256, 128] + ((type!"double") == "float")?then([64], [])>

<#--
  Sums a vector variable across its lanes into a new variable: the upper half onto the lower one, again and again. The
  order of a reduction of the Vector API is open, and the interpreter's is not C2's; of two lanes there is but one. Each
  half is a vector of its own length, since 64 bytes take two cycles on some processors.
-->
<#macro sumLanes vector sum indent>
${indent}${Type}Vector ${sum}Lanes = ${vector};
<#list halves as half>
${indent}if (${Type}Lanes.BITS > ${half}) {
${indent}  ${sum}Lanes =
${indent}      ((${Type}Vector) ${sum}Lanes.reinterpretShape(${Type}Vector.SPECIES_${half}, 0))
${indent}          .add(
${indent}              ${sum}Lanes
${indent}                  .rearrange(${Type}Lanes.UPPER_${half})
${indent}                  .reinterpretShape(${Type}Vector.SPECIES_${half}, 0));
${indent}}
</#list>
${indent}${type} ${sum} = ${sum}Lanes.reduceLanes(VectorOperators.ADD);
</#macro>
