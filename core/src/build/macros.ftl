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
