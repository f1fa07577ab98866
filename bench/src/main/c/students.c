/*
 * The gradients of many students in C, with a student in each lane: register tiles of eight patches by two vectors of
 * students for H = Z W, and of eight coordinates by two vectors for dW = Z' G; the gates lie between them.
 */
#include <string.h>

#include "vectors.h"

/* Samples whose sums are taken in the batch's precision before they are added to double. */
#define SUMMED 64

static long least(long x, long y) { return x < y ? x : y; }

static long most(long x, long y) { return x > y ? x : y; }

/* Samples of a block: its patches are read twice, so they are to stay in L2. */
static long samples_of_block(long k, long p) { return most(1, least(most(16384 / p, 128), 512) / k); }

/* Elements of scratch space. */
long students_scratch(long k, long p, long stride) { return (p + k + 1 + samples_of_block(k, p) * k) * stride; }

INLINE void dots(const real *z, long p, const real *w, long stride, real *h, const int count, const int vectors) {
  vector sum[8][2];
#pragma GCC unroll 8
  for (int q = 0; q < count; q++) {
#pragma GCC unroll 2
    for (int v = 0; v < vectors; v++) {
      sum[q][v] = zero();
    }
  }
  for (long c = 0; c < p; c++) {
    vector filter[2];
#pragma GCC unroll 2
    for (int v = 0; v < vectors; v++) {
      filter[v] = load(w + c * stride + v * LANES);
    }
#pragma GCC unroll 8
    for (int q = 0; q < count; q++) {
      vector element = broadcast(z[q * p + c]);
#pragma GCC unroll 2
      for (int v = 0; v < vectors; v++) {
        sum[q][v] = fma_of(filter[v], element, sum[q][v]);
      }
    }
  }
#pragma GCC unroll 8
  for (int q = 0; q < count; q++) {
#pragma GCC unroll 2
    for (int v = 0; v < vectors; v++) {
      store(h + q * stride + v * LANES, sum[q][v]);
    }
  }
}

INLINE void dots_of_block(const real *z, long patches, long p, const real *w, long stride, real *h, const int vectors) {
  long q = 0;
  /* Sixteen registers hold four patches by two vectors. */
  const int count = REGISTERS == 32 || vectors == 1 ? 8 : 4;
  for (; q + count <= patches; q += count) {
    dots(z + q * p, p, w, stride, h + q * stride, count, vectors);
  }
  for (; q < patches; q++) {
    dots(z + q * p, p, w, stride, h + q * stride, 1, vectors);
  }
}

/* Of a vector of students: h_j becomes r a_j where its gate is open, else 0. */
static void gates(const real *labels, long samples, long k, const real *a, long stride, real *h, real *weights,
                  real *squares) {
  vector square = load(squares);
  for (long i = 0; i < samples; i++) {
    real *row = h + i * k * stride;
    vector even = subtract(zero(), broadcast(labels[i]));
    vector odd = zero();
    long j = 0;
    for (; j + 2 <= k; j += 2) {
      vector first = load(row + j * stride);
      vector second = load(row + (j + 1) * stride);
      even = fma_of(where_positive(first, first), load(a + j * stride), even);
      odd = fma_of(where_positive(second, second), load(a + (j + 1) * stride), odd);
    }
    if (j < k) {
      vector last = load(row + j * stride);
      even = fma_of(where_positive(last, last), load(a + j * stride), even);
    }
    vector residual = add(even, odd);
    square = fma_of(residual, residual, square);
    for (j = 0; j < k; j++) {
      vector dot = load(row + j * stride);
      vector gated = where_positive(dot, residual);
      store(weights + j * stride, fma_of(gated, dot, load(weights + j * stride)));
      store(row + j * stride, multiply(gated, load(a + j * stride)));
    }
  }
  store(squares, square);
}

INLINE void sums(const real *z, long patches, long p, const real *g, long stride, real *filters, const int count,
                 const int vectors) {
  vector sum[8][2];
#pragma GCC unroll 8
  for (int c = 0; c < count; c++) {
#pragma GCC unroll 2
    for (int v = 0; v < vectors; v++) {
      sum[c][v] = load(filters + c * stride + v * LANES);
    }
  }
  for (long q = 0; q < patches; q++) {
    vector gate[2];
#pragma GCC unroll 2
    for (int v = 0; v < vectors; v++) {
      gate[v] = load(g + q * stride + v * LANES);
    }
#pragma GCC unroll 8
    for (int c = 0; c < count; c++) {
      vector element = broadcast(z[q * p + c]);
#pragma GCC unroll 2
      for (int v = 0; v < vectors; v++) {
        sum[c][v] = fma_of(gate[v], element, sum[c][v]);
      }
    }
  }
#pragma GCC unroll 8
  for (int c = 0; c < count; c++) {
#pragma GCC unroll 2
    for (int v = 0; v < vectors; v++) {
      store(filters + c * stride + v * LANES, sum[c][v]);
    }
  }
}

INLINE void sums_of_block(const real *z, long patches, long p, const real *g, long stride, real *filters,
                          const int vectors) {
  long c = 0;
  const int count = REGISTERS == 32 || vectors == 1 ? 8 : 4;
  for (; c + count <= p; c += count) {
    sums(z + c, patches, p, g, stride, filters + c * stride, count, vectors);
  }
  for (; c < p; c++) {
    sums(z + c, patches, p, g, stride, filters + c * stride, 1, vectors);
  }
}

/* A block of samples for all students, two vectors of them at a time. */
static void block(const real *z, const real *labels, long samples, long k, long p, long stride, const real *w,
                  const real *a, real *h, real *filters, real *weights, real *squares) {
  long patches = samples * k;
  long r = 0;
  for (; r + 2 * LANES <= stride; r += 2 * LANES) {
    dots_of_block(z, patches, p, w + r, stride, h + r, 2);
  }
  if (r < stride) {
    dots_of_block(z, patches, p, w + r, stride, h + r, 1);
  }
  for (r = 0; r < stride; r += LANES) {
    gates(labels, samples, k, a + r, stride, h + r, weights + r, squares + r);
  }
  for (r = 0; r + 2 * LANES <= stride; r += 2 * LANES) {
    sums_of_block(z, patches, p, h + r, stride, filters + r, 2);
  }
  if (r < stride) {
    sums_of_block(z, patches, p, h + r, stride, filters + r, 1);
  }
}

static void add_to(double *total, const real *sum, long length) {
  for (long i = 0; i < length; i++) {
    total[i] += sum[i];
  }
}

/*
 * Row-major z [n][k][p]; w [p][stride] and a [k][stride], a student in each lane and zeros in lanes without one; stride
 * a multiple of the lanes. Adds to filter_sum [p][stride], weight_sum [k][stride] and squares_sum [stride].
 */
void students(const real *z, const real *labels, long n, long k, long p, long stride, const real *w, const real *a,
              real *scratch, double *filter_sum, double *weight_sum, double *squares_sum) {
  real *filters = scratch;
  real *weights = filters + p * stride;
  real *squares = weights + k * stride;
  real *h = squares + stride;
  long samples = samples_of_block(k, p);
  for (long from = 0; from < n; from += SUMMED) {
    long to = least(n, from + SUMMED);
    memset(filters, 0, (p + k + 1) * stride * sizeof(real));
    for (long i = from; i < to; i += samples) {
      block(z + i * k * p, labels + i, least(samples, to - i), k, p, stride, w, a, h, filters, weights, squares);
    }
    add_to(filter_sum, filters, p * stride);
    add_to(weight_sum, weights, k * stride);
    add_to(squares_sum, squares, stride);
  }
}
