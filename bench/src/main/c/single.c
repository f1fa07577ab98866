/*
 * The gradient of one student in C, in three shapes: plain loops; rows of patches whose dot products are summed
 * across lanes eight at a time; and samples side by side, one in each lane.
 *
 * All take the sums of a block of samples in the batch's precision, then add them to double: as patchgrad's kernels do.
 * Each gives the sum of squared residuals, and adds to filter_sum [p] = sum of r s, and weight_sum [k] = sum of
 * r relu(h_j).
 */
#include <string.h>

#include "vectors.h"

/* Patches of a block of samples. */
#define BLOCK_PATCHES 1024

/* Groups of a block, where samples lie side by side. */
#define BLOCK_GROUPS 64

/* Patches of a sample at most: what is kept for them is on the stack. */
#define MOST_PATCHES 4096

/* Vectors of the longest patch that stays in registers, with its filter and its sum. */
#define MOST_VECTORS (REGISTERS == 32 ? 8 : 2)

int lanes(void) { return LANES; }

int most_patches(void) { return MOST_PATCHES; }

const char *described(void) { return INSTRUCTIONS ", " __VERSION__; }

static long least(long x, long y) { return x < y ? x : y; }

static void add_to(double *total, const real *sum, long length) {
  for (long i = 0; i < length; i++) {
    total[i] += sum[i];
  }
}

/* Plain loops over row-major [n][k][p], for the compiler to make vectors of. Scratch: p + p + k + k. */
double plain(const real *z, const real *labels, long n, long k, long p, const real *w, const real *a, real *scratch,
             double *filter_sum, double *weight_sum) {
  real *restrict s = scratch;
  real *restrict filters = s + p;
  real *restrict h = filters + p;
  real *restrict weights = h + k;
  long block = BLOCK_PATCHES / k > 0 ? BLOCK_PATCHES / k : 1;
  double squares = 0;
  for (long from = 0; from < n; from += block) {
    memset(filters, 0, p * sizeof(real));
    memset(weights, 0, k * sizeof(real));
    for (long i = from; i < least(n, from + block); i++) {
      memset(s, 0, p * sizeof(real));
      real output = 0;
      for (long j = 0; j < k; j++) {
        const real *restrict patch = z + (i * k + j) * p;
        real dot = 0;
        for (long c = 0; c < p; c++) {
          dot += w[c] * patch[c];
        }
        h[j] = dot > 0 ? dot : 0;
        if (dot > 0) {
          output += a[j] * dot;
          for (long c = 0; c < p; c++) {
            s[c] += a[j] * patch[c];
          }
        }
      }
      real residual = output - labels[i];
      squares += (double)residual * residual;
      for (long c = 0; c < p; c++) {
        filters[c] += residual * s[c];
      }
      for (long j = 0; j < k; j++) {
        weights[j] += residual * h[j];
      }
    }
    add_to(filter_sum, filters, p);
    add_to(weight_sum, weights, k);
  }
  return squares;
}

/* h = the dot products of eight patches, summed across lanes together; w is loaded once for all. */
INLINE void dots_of_eight(const real *z, long p, const real *w, real *h) {
  vector dot[8];
  for (int q = 0; q < 8; q++) {
    dot[q] = zero();
  }
  for (long c = 0; c < p; c += LANES) {
    vector filter = load(w + c);
    for (int q = 0; q < 8; q++) {
      dot[q] = fma_of(filter, load(z + q * p + c), dot[q]);
    }
  }
  sum_eight(dot, h);
}

INLINE real dot_of_one(const real *z, long p, const real *w) {
  vector dot = zero();
  for (long c = 0; c < p; c += LANES) {
    dot = fma_of(load(w + c), load(z + c), dot);
  }
  return sum_lanes(dot);
}

/* A sample's patches of some vectors: w and s stay in registers, a patch is read again from L1. */
INLINE void sample_in_registers(const real *z, long k, const real *wide, const real *a, real *h, real *s,
                                const int vectors) {
  const long p = vectors * LANES;
  vector w[8];
  vector sum[8];
#pragma GCC unroll 8
  for (int c = 0; c < vectors; c++) {
    w[c] = load(wide + c * LANES);
    sum[c] = zero();
  }
  long j = 0;
  for (; j + 8 <= k; j += 8) {
    const real *patches = z + j * p;
    vector dot[8];
#pragma GCC unroll 8
    for (int q = 0; q < 8; q++) {
      dot[q] = multiply(w[0], load(patches + q * p));
#pragma GCC unroll 8
      for (int c = 1; c < vectors; c++) {
        dot[q] = fma_of(w[c], load(patches + q * p + c * LANES), dot[q]);
      }
    }
    sum_eight(dot, h + j);
#pragma GCC unroll 8
    for (int q = 0; q < 8; q++) {
      vector weight = where_positive(broadcast(h[j + q]), broadcast(a[j + q]));
#pragma GCC unroll 8
      for (int c = 0; c < vectors; c++) {
        sum[c] = fma_of(weight, load(patches + q * p + c * LANES), sum[c]);
      }
    }
  }
  for (; j < k; j++) {
    h[j] = dot_of_one(z + j * p, p, wide);
    vector weight = where_positive(broadcast(h[j]), broadcast(a[j]));
#pragma GCC unroll 8
    for (int c = 0; c < vectors; c++) {
      sum[c] = fma_of(weight, load(z + j * p + c * LANES), sum[c]);
    }
  }
#pragma GCC unroll 8
  for (int c = 0; c < vectors; c++) {
    store(s + c * LANES, sum[c]);
  }
}

/* A sample's long patches: eight share each load of w, and eight open ones each load and store of s. */
static void sample_of_long_patches(const real *z, long k, long p, const real *w, const real *a, real *h, real *s) {
  const real *open[MOST_PATCHES + 8];
  real weights[MOST_PATCHES + 8];
  long j = 0;
  for (; j + 8 <= k; j += 8) {
    dots_of_eight(z + j * p, p, w, h + j);
  }
  for (; j < k; j++) {
    h[j] = dot_of_one(z + j * p, p, w);
  }
  /* Without a branch, which would be guessed wrong every other time. */
  long count = 0;
  for (j = 0; j < k; j++) {
    open[count] = z + j * p;
    weights[count] = a[j];
    count += h[j] > 0;
  }
  for (int q = 0; q < 8; q++) {
    open[count + q] = z;
    weights[count + q] = 0;
  }
  memset(s, 0, p * sizeof(real));
  for (long first = 0; first < count; first += 8) {
    for (long c = 0; c < p; c += LANES) {
      vector even = load(s + c);
      vector odd = zero();
#pragma GCC unroll 8
      for (int q = 0; q < 8; q += 2) {
        even = fma_of(broadcast(weights[first + q]), load(open[first + q] + c), even);
        odd = fma_of(broadcast(weights[first + q + 1]), load(open[first + q + 1] + c), odd);
      }
      store(s + c, add(even, odd));
    }
  }
}

static void sample_of_rows(const real *z, long k, long p, const real *w, const real *a, real *h, real *s) {
  switch (p / LANES <= MOST_VECTORS ? p / LANES : 0) {
    case 1: sample_in_registers(z, k, w, a, h, s, 1); break;
    case 2: sample_in_registers(z, k, w, a, h, s, 2); break;
    case 3: sample_in_registers(z, k, w, a, h, s, 3); break;
    case 4: sample_in_registers(z, k, w, a, h, s, 4); break;
    case 5: sample_in_registers(z, k, w, a, h, s, 5); break;
    case 6: sample_in_registers(z, k, w, a, h, s, 6); break;
    case 7: sample_in_registers(z, k, w, a, h, s, 7); break;
    case 8: sample_in_registers(z, k, w, a, h, s, 8); break;
    default: sample_of_long_patches(z, k, p, w, a, h, s);
  }
}

/* Rows [n][k][p] padded to whole vectors, p a multiple of the lanes. Scratch as for plain loops. */
double rows(const real *z, const real *labels, long n, long k, long p, const real *w, const real *a, real *scratch,
            double *filter_sum, double *weight_sum) {
  real *s = scratch;
  real *filters = s + p;
  real *h = filters + p;
  real *weights = h + k;
  long block = BLOCK_PATCHES / k > 0 ? BLOCK_PATCHES / k : 1;
  double squares = 0;
  for (long from = 0; from < n; from += block) {
    memset(filters, 0, p * sizeof(real));
    memset(weights, 0, k * sizeof(real));
    for (long i = from; i < least(n, from + block); i++) {
      sample_of_rows(z + i * k * p, k, p, w, a, h, s);
      real output = 0;
      for (long j = 0; j < k; j++) {
        h[j] = h[j] > 0 ? h[j] : 0;
        output += a[j] * h[j];
      }
      real residual = output - labels[i];
      squares += (double)residual * residual;
      for (long j = 0; j < k; j++) {
        weights[j] += residual * h[j];
      }
      vector factor = broadcast(residual);
      for (long c = 0; c < p; c += LANES) {
        store(filters + c, fma_of(factor, load(s + c), load(filters + c)));
      }
    }
    add_to(filter_sum, filters, p);
    add_to(weight_sum, weights, k);
  }
  return squares;
}

/* A group of samples with p = 8: z, w and the group's sum stay in registers, where these are many. */
INLINE vector group_of_eights(const real *z, long k, const real *wide, const real *a, real *h, real *s) {
  vector w[8];
  vector sum[8];
  for (int c = 0; c < 8; c++) {
    w[c] = broadcast(wide[c]);
    sum[c] = zero();
  }
  vector output = zero();
  for (long j = 0; j < k; j++) {
    const real *patch = z + j * 8 * LANES;
    vector element[8];
    for (int c = 0; c < 8; c++) {
      element[c] = load(patch + c * LANES);
    }
    vector even = multiply(w[0], element[0]);
    vector odd = multiply(w[1], element[1]);
    for (int c = 2; c < 8; c += 2) {
      even = fma_of(w[c], element[c], even);
      odd = fma_of(w[c + 1], element[c + 1], odd);
    }
    vector dot = add(even, odd);
    vector weight = where_positive(dot, broadcast(a[j]));
    vector relu = where_positive(dot, dot);
    store(h + j * LANES, relu);
    output = fma_of(weight, relu, output);
    for (int c = 0; c < 8; c++) {
      sum[c] = fma_of(weight, element[c], sum[c]);
    }
  }
  for (int c = 0; c < 8; c++) {
    store(s + c * LANES, sum[c]);
  }
  return output;
}

/* A group of samples with any p: some patches share each load of w, and each load and store of s. */
INLINE vector some_patches(const real *z, long p, const real *w, const real *a, real *h, real *s, vector output,
                           const int count) {
  vector dot[8];
  for (int q = 0; q < count; q++) {
    dot[q] = zero();
  }
  for (long c = 0; c < p; c++) {
    vector filter = broadcast(w[c]);
#pragma GCC unroll 8
    for (int q = 0; q < count; q++) {
      dot[q] = fma_of(filter, load(z + (q * p + c) * LANES), dot[q]);
    }
  }
  vector weight[8];
#pragma GCC unroll 8
  for (int q = 0; q < count; q++) {
    weight[q] = where_positive(dot[q], broadcast(a[q]));
    vector relu = where_positive(dot[q], dot[q]);
    store(h + q * LANES, relu);
    output = fma_of(weight[q], relu, output);
  }
  for (long c = 0; c < p; c++) {
    vector sum = load(s + c * LANES);
#pragma GCC unroll 8
    for (int q = 0; q < count; q++) {
      sum = fma_of(weight[q], load(z + (q * p + c) * LANES), sum);
    }
    store(s + c * LANES, sum);
  }
  return output;
}

static vector group_of_any(const real *z, long k, long p, const real *w, const real *a, real *h, real *s) {
  memset(s, 0, p * LANES * sizeof(real));
  vector output = zero();
  long j = 0;
  for (; j + 8 <= k; j += 8) {
    output = some_patches(z + j * p * LANES, p, w, a + j, h + j * LANES, s, output, 8);
  }
  for (; j < k; j++) {
    output = some_patches(z + j * p * LANES, p, w, a + j, h + j * LANES, s, output, 1);
  }
  return output;
}

/* Samples side by side, [n/L][k][p][L]; n counts those that are stored. Scratch: (p + p + k + k) * L. */
double interleaved(const real *z, const real *labels, long n, long k, long p, const real *w, const real *a,
                   real *scratch, double *filter_sum, double *weight_sum) {
  real *s = scratch;
  real *filters = s + p * LANES;
  real *h = filters + p * LANES;
  real *weights = h + k * LANES;
  double squares = 0;
  for (long from = 0; from < n; from += BLOCK_GROUPS * LANES) {
    memset(filters, 0, p * LANES * sizeof(real));
    memset(weights, 0, k * LANES * sizeof(real));
    vector square = zero();
    for (long i = from; i < least(n, from + BLOCK_GROUPS * LANES); i += LANES) {
      const real *group = z + i * k * p;
      vector output = p == 8 ? group_of_eights(group, k, w, a, h, s) : group_of_any(group, k, p, w, a, h, s);
      vector residual = subtract(output, load(labels + i));
      square = fma_of(residual, residual, square);
      for (long j = 0; j < k; j++) {
        store(weights + j * LANES, fma_of(residual, load(h + j * LANES), load(weights + j * LANES)));
      }
      for (long c = 0; c < p; c++) {
        store(filters + c * LANES, fma_of(residual, load(s + c * LANES), load(filters + c * LANES)));
      }
    }
    squares += sum_lanes(square);
    for (long c = 0; c < p; c++) {
      filter_sum[c] += sum_lanes(load(filters + c * LANES));
    }
    for (long j = 0; j < k; j++) {
      weight_sum[j] += sum_lanes(load(weights + j * LANES));
    }
  }
  return squares;
}
