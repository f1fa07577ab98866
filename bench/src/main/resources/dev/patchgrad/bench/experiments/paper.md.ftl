<#--
  The page of the paper's experiments, as Markdown; PaperModel has what stands in ${...}.

  A list of facts is "- name: value". An image names a chart of PaperCharts; the text below it, in the same paragraph,
  is its note. A heading of the third level is the caption of the table that follows.
-->
# The paper's experiments

Du, Lee, Tian, Poczos, Singh: Gradient Descent Learns One-hidden-layer CNN: Don't be Afraid of
Spurious Local Minima (ICML 2018, arXiv 1712.00779), simulated.

Every number on this page was measured by this run, except what is marked RECALLED: that is quoted
from memory of the paper, and was not compared with its text. Of the paper's settings, the step size,
|a*| and the stopping rule are not recalled: those here are this project's choice.

## Table 1: the share of starts that reach the global minimum

Population gradient descent from a random start: v uniform on the unit sphere, a uniform in the
ball of radius |1^T a*| |w*| / sqrt(k). Each start counts on its own; its sign flips are not tried. A
start is counted as soon as it is certain where it goes: it has entered a set of states that no step
leaves.

- p, |w*|: ${table.p}, 1
- |a*|^2: ${table.squares}
- step size: ${table.stepSize}
- starts of each cell: ${table.starts}
- seed: ${table.seed}
- starts that stayed undecided, or diverged: ${table.undecided}, ${table.diverged}
- steps until a start was decided, on average: ${table.meanSteps}

### Measured share; rho = (1^T a*)^2 / |a*|^2

| k |<#list table.rho as rho> rho = ${rho} |</#list>
|---:|<#list table.rho as rho>---:|</#list>
<#list table.rows as row>
| ${row.k} |<#list row.cells as cell> ${cell.share} |</#list>
</#list>

<#if (table.compared > 0)>
The recalled shares differ from the measured ones by at most ${table.furthest.difference}
(k = ${table.furthest.k}, rho = ${table.furthest.rho}: ${table.furthest.measured} measured,
${table.furthest.recalled} RECALLED). ${table.beyond} of ${table.compared} cells differ by more than two
simulations of ${table.starts} starts would in 95 % of cases, rounding to .01 included.
</#if>

![Share of successful starts](table1)
Dots: measured, with 95 % intervals. Broken lines: the exact share for |a*| to 0, the probability to
start within the saddle's angle.

### Every cell

| k | rho | measured | 95 % interval | RECALLED | exact for \|a*\| to 0 |
|---:|---:|---:|---:|---:|---:|
<#list table.rows as row>
<#list row.cells as cell>
| ${row.k} | ${cell.rho} | ${cell.exactShare} | ${cell.low} to ${cell.high} | ${cell.recalled?has_content?then(cell.recalled, "-")} | ${cell.limit} |
</#list>
</#list>

## Two phases: slow, then linear

Population gradient descent in all coordinates. RECALLED of the paper's figure: k = 20, p = 25, a
slow first phase and then linear convergence, of the angle between v and w*, of |a - a*|, of
|1^T a - 1^T a*| and of the loss. Its starts, |a*| and step size are not recalled.

- k, p, |w*|: ${phases.k}, ${phases.p}, 1
- rho, |a*|^2: ${phases.rho}, ${phases.squares}
- step size: ${phases.stepSize}
- seed of the starts' a: ${phases.seed}

### The starts, and the factor of the loss in each step of the second phase

| start | phi_0, degrees | x_0 = a_0^T a* | iterations until the loss is below ${phases.phaseTwo} | measured factor | predicted factor |
|---|---:|---:|---:|---:|---:|
<#list phases.courses as course>
| ${course.name} | ${course.degrees} | ${course.overlap} | ${course.iterations} | ${course.measured} | ${course.predicted} |
</#list>

![Loss](phases-loss)
Broken lines: the predicted factor of the second phase,
max{(1 - eta (pi - 1)/(2 pi))^2, (1 - eta |a*|^2 / (2 |v|^2))^2} in each step, from where the loss falls
below ${phases.phaseTwo}. Losses below ${phases.leastLoss} are not shown.

![Angle between v and w*](phases-angle)
From beside the saddle, the angle hardly moves for a long time; then it falls as from anywhere else.

![|a - a*|](phases-weights)

![|1^T a - 1^T a*|](phases-sum)
The sum settles first: each step leaves 1 - eta (k + pi - 1)/(2 pi) of its distance.

The fourth start (phi_0 = ${phases.lost.degrees} degrees, x_0 = ${phases.lost.overlap}) is lost to the spurious
minimum, phi = pi. There convergence is sublinear:
pi - phi ~ 2 pi |v|^2 / (|x_sp| |w*| eta t) = ${phases.lost.law} / t. After ${phases.lost.iterations} steps
pi - phi = ${phases.lost.measured} measured, ${phases.lost.predicted} by the law.

![On the way to the spurious minimum](spurious)
Broken line: the law, which holds in the limit.

## Learning from samples

A teacher is recovered from n Gaussian samples without noise, by mini-batches and random restarts. A
start succeeds when it fits the samples, which needs no knowledge of the teacher. The unknowns are the
direction of w and the weights a, p - 1 + k = ${samples.unknowns} numbers; with fewer samples, many students
fit. This experiment is not the paper's.

- k, p, |w*|: ${samples.k}, ${samples.p}, 1
- rho, |a*|^2: ${samples.rho}, ${samples.squares}
- step size: ${samples.stepSize}
- samples of a step: ${samples.miniBatch}, or n where n is smaller
- goal: a loss of ${samples.goal} of that at a = 0, on all samples
- steps of a start at most: ${samples.iterations}
- starts of a search at most: ${samples.mostStarts}
- data sets of each n: ${samples.dataSets}
- seed: ${samples.seed}

![Distance from the teacher by the number of samples](samples)
Lines: median over data sets; dots: every data set's |w - w*|. Broken lines: descent on the
population, in closed form, at the same goal.

<#if samples.someEverywhere>For every n, some data set gave the teacher.<#else>Up to n = ${samples.noneUpTo}, no data set gave the teacher.</#if>
<#if samples.allNowhere>For no n did every data set.<#else>From n = ${samples.allFrom} on, every data set did.</#if>
There are ${samples.unknowns} unknowns.

### By the number of samples

| n | data sets fitted | with \|w - w*\| < ${samples.near} | starts, mean | \|w - w*\|, median | \|a - a*\|, median |
|---:|---:|---:|---:|---:|---:|
<#list samples.rows as row>
| ${row.n} | ${row.fits} of ${row.dataSets} | ${row.near} of ${row.dataSets} | ${row.starts} | ${row.filter} | ${row.weights} |
</#list>
| population | - | - | - | ${samples.population.filter} | ${samples.population.weights} |

![From one start: |w - w*| against iterations](learning-curves)
Broken line: the population. One start with x_0 > 0 and phi_0 < pi/2 for all.

## Restarts

RECALLED of the paper: from a random start descent succeeds with constant probability, and with
restarts with a probability towards 1. Where each start succeeds with probability q, at least one of m
independent starts succeeds with probability 1 - (1 - q)^m. q is estimated from starts that are in none
of the searches.

The four sign flips (v, a), (v, -a), (-v, a), (-v, -a) of one start are not independent. Almost surely
one of them reaches the teacher, so that a search from all four needs one draw. That is proved for step
sizes up to min{2 pi/(k + pi - 1), 4/(|w*|^2 (3 |a*|^2 + (1^T a*)^2))}; with longer steps the share is
what was measured.

- p, |w*|: ${restarts.p}, 1
- |a*|^2: ${restarts.squares}
- step size: ${restarts.stepSize}
- searches of each case: ${restarts.searches}
- starts that q is estimated from: ${restarts.estimate}
- seed: ${restarts.seed}

![Probability of success by the number of starts](restarts)
Dots: share of simulated searches, with 95 % intervals. Broken lines: predicted for independent starts.
The four sign flips of one draw count as four starts.

### Independent starts, and the four sign flips of one start

| k | rho | q, one start | starts for a probability of ${restarts.wanted} | share of searches with so many | with four independent starts | with the four sign flips of one start | proved for step sizes up to |
|---:|---:|---:|---:|---:|---:|---:|---:|
<#list restarts.rows as row>
| ${row.k} | ${row.rho} | ${row.single} | ${row.needed} | ${row.found} | ${row.four} | ${row.flips} | ${row.signFlipsBound} |
</#list>

## Times

- run at: ${times.runAt}
- JVM, threads: ${times.jvm}, ${times.threads}
<#list times.experiments as experiment>
- ${experiment.name}: ${experiment.seconds} s
</#list>

Measured in a fresh JVM, compilation included. The data (CSV files and settings.json beside this page's
HTML) are the same to the bit for the same settings and seed, whatever the number of threads. This runs
the experiments: mvn -pl bench compile exec:exec@experiments
