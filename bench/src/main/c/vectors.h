/* One name for the vectors of each instruction set: what the compiler was told that this processor has. */
#ifndef PATCHGRAD_VECTORS_H
#define PATCHGRAD_VECTORS_H

#ifdef SINGLE
typedef float real;
#else
typedef double real;
#endif

#define INLINE static inline __attribute__((always_inline))

#if defined(__AVX512F__)
#include <immintrin.h>
#define INSTRUCTIONS "AVX-512"
#define REGISTERS 32
#ifdef SINGLE
#define LANES 16
typedef __m512 vector;
INLINE vector load(const real *from) { return _mm512_loadu_ps(from); }
INLINE void store(real *to, vector x) { _mm512_storeu_ps(to, x); }
INLINE vector broadcast(real x) { return _mm512_set1_ps(x); }
INLINE vector add(vector x, vector y) { return _mm512_add_ps(x, y); }
INLINE vector subtract(vector x, vector y) { return _mm512_sub_ps(x, y); }
INLINE vector multiply(vector x, vector y) { return _mm512_mul_ps(x, y); }
INLINE vector fma_of(vector x, vector y, vector z) { return _mm512_fmadd_ps(x, y, z); }
/* x in the lanes where h is above zero, else zero. */
INLINE vector where_positive(vector h, vector x) {
  return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(h, _mm512_setzero_ps(), _CMP_GT_OQ), x);
}
INLINE vector sum_pairs(vector x, vector y) {
  return _mm512_add_ps(_mm512_unpacklo_ps(x, y), _mm512_unpackhi_ps(x, y));
}
INLINE vector sum_fours(vector x, vector y, vector z, vector u) {
  __m512d even = _mm512_castps_pd(sum_pairs(x, y));
  __m512d odd = _mm512_castps_pd(sum_pairs(z, u));
  return _mm512_add_ps(_mm512_castpd_ps(_mm512_unpacklo_pd(even, odd)),
                       _mm512_castpd_ps(_mm512_unpackhi_pd(even, odd)));
}
/* The sums across the lanes of eight vectors, taken together. */
INLINE void sum_eight(const vector *x, real *to) {
  vector low = sum_fours(x[0], x[1], x[2], x[3]);
  vector high = sum_fours(x[4], x[5], x[6], x[7]);
  vector halves = _mm512_add_ps(_mm512_shuffle_f32x4(low, high, 0x88), _mm512_shuffle_f32x4(low, high, 0xDD));
  vector sums = _mm512_add_ps(_mm512_shuffle_f32x4(halves, halves, 0x88), _mm512_shuffle_f32x4(halves, halves, 0xDD));
  _mm256_storeu_ps(to, _mm512_castps512_ps256(sums));
}
#else
#define LANES 8
typedef __m512d vector;
INLINE vector load(const real *from) { return _mm512_loadu_pd(from); }
INLINE void store(real *to, vector x) { _mm512_storeu_pd(to, x); }
INLINE vector broadcast(real x) { return _mm512_set1_pd(x); }
INLINE vector add(vector x, vector y) { return _mm512_add_pd(x, y); }
INLINE vector subtract(vector x, vector y) { return _mm512_sub_pd(x, y); }
INLINE vector multiply(vector x, vector y) { return _mm512_mul_pd(x, y); }
INLINE vector fma_of(vector x, vector y, vector z) { return _mm512_fmadd_pd(x, y, z); }
INLINE vector where_positive(vector h, vector x) {
  return _mm512_maskz_mov_pd(_mm512_cmp_pd_mask(h, _mm512_setzero_pd(), _CMP_GT_OQ), x);
}
INLINE vector sum_pairs(vector x, vector y) {
  return _mm512_add_pd(_mm512_unpacklo_pd(x, y), _mm512_unpackhi_pd(x, y));
}
INLINE vector sum_halves(vector x, vector y) {
  return _mm512_add_pd(_mm512_shuffle_f64x2(x, y, 0x88), _mm512_shuffle_f64x2(x, y, 0xDD));
}
INLINE void sum_eight(const vector *x, real *to) {
  vector low = sum_halves(sum_pairs(x[0], x[1]), sum_pairs(x[2], x[3]));
  vector high = sum_halves(sum_pairs(x[4], x[5]), sum_pairs(x[6], x[7]));
  _mm512_storeu_pd(to, sum_halves(low, high));
}
#endif

#elif defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>
#define INSTRUCTIONS "AVX2"
#define REGISTERS 16
#ifdef SINGLE
#define LANES 8
typedef __m256 vector;
INLINE vector load(const real *from) { return _mm256_loadu_ps(from); }
INLINE void store(real *to, vector x) { _mm256_storeu_ps(to, x); }
INLINE vector broadcast(real x) { return _mm256_set1_ps(x); }
INLINE vector add(vector x, vector y) { return _mm256_add_ps(x, y); }
INLINE vector subtract(vector x, vector y) { return _mm256_sub_ps(x, y); }
INLINE vector multiply(vector x, vector y) { return _mm256_mul_ps(x, y); }
INLINE vector fma_of(vector x, vector y, vector z) { return _mm256_fmadd_ps(x, y, z); }
INLINE vector where_positive(vector h, vector x) {
  return _mm256_and_ps(_mm256_cmp_ps(h, _mm256_setzero_ps(), _CMP_GT_OQ), x);
}
INLINE void sum_eight(const vector *x, real *to) {
  vector low = _mm256_hadd_ps(_mm256_hadd_ps(x[0], x[1]), _mm256_hadd_ps(x[2], x[3]));
  vector high = _mm256_hadd_ps(_mm256_hadd_ps(x[4], x[5]), _mm256_hadd_ps(x[6], x[7]));
  _mm256_storeu_ps(to, _mm256_add_ps(_mm256_permute2f128_ps(low, high, 0x20), _mm256_permute2f128_ps(low, high, 0x31)));
}
#else
#define LANES 4
typedef __m256d vector;
INLINE vector load(const real *from) { return _mm256_loadu_pd(from); }
INLINE void store(real *to, vector x) { _mm256_storeu_pd(to, x); }
INLINE vector broadcast(real x) { return _mm256_set1_pd(x); }
INLINE vector add(vector x, vector y) { return _mm256_add_pd(x, y); }
INLINE vector subtract(vector x, vector y) { return _mm256_sub_pd(x, y); }
INLINE vector multiply(vector x, vector y) { return _mm256_mul_pd(x, y); }
INLINE vector fma_of(vector x, vector y, vector z) { return _mm256_fmadd_pd(x, y, z); }
INLINE vector where_positive(vector h, vector x) {
  return _mm256_and_pd(_mm256_cmp_pd(h, _mm256_setzero_pd(), _CMP_GT_OQ), x);
}
INLINE void sum_four(const vector *x, real *to) {
  vector low = _mm256_hadd_pd(x[0], x[1]);
  vector high = _mm256_hadd_pd(x[2], x[3]);
  _mm256_storeu_pd(to, _mm256_add_pd(_mm256_permute2f128_pd(low, high, 0x20), _mm256_permute2f128_pd(low, high, 0x31)));
}
INLINE void sum_eight(const vector *x, real *to) {
  sum_four(x, to);
  sum_four(x + 4, to + 4);
}
#endif

#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#define INSTRUCTIONS "NEON"
#define REGISTERS 32
#ifdef SINGLE
#define LANES 4
typedef float32x4_t vector;
INLINE vector load(const real *from) { return vld1q_f32(from); }
INLINE void store(real *to, vector x) { vst1q_f32(to, x); }
INLINE vector broadcast(real x) { return vdupq_n_f32(x); }
INLINE vector add(vector x, vector y) { return vaddq_f32(x, y); }
INLINE vector subtract(vector x, vector y) { return vsubq_f32(x, y); }
INLINE vector multiply(vector x, vector y) { return vmulq_f32(x, y); }
INLINE vector fma_of(vector x, vector y, vector z) { return vfmaq_f32(z, x, y); }
INLINE vector where_positive(vector h, vector x) {
  return vreinterpretq_f32_u32(vandq_u32(vcgtzq_f32(h), vreinterpretq_u32_f32(x)));
}
INLINE void sum_eight(const vector *x, real *to) {
  vst1q_f32(to, vpaddq_f32(vpaddq_f32(x[0], x[1]), vpaddq_f32(x[2], x[3])));
  vst1q_f32(to + 4, vpaddq_f32(vpaddq_f32(x[4], x[5]), vpaddq_f32(x[6], x[7])));
}
#else
#define LANES 2
typedef float64x2_t vector;
INLINE vector load(const real *from) { return vld1q_f64(from); }
INLINE void store(real *to, vector x) { vst1q_f64(to, x); }
INLINE vector broadcast(real x) { return vdupq_n_f64(x); }
INLINE vector add(vector x, vector y) { return vaddq_f64(x, y); }
INLINE vector subtract(vector x, vector y) { return vsubq_f64(x, y); }
INLINE vector multiply(vector x, vector y) { return vmulq_f64(x, y); }
INLINE vector fma_of(vector x, vector y, vector z) { return vfmaq_f64(z, x, y); }
INLINE vector where_positive(vector h, vector x) {
  return vreinterpretq_f64_u64(vandq_u64(vcgtzq_f64(h), vreinterpretq_u64_f64(x)));
}
INLINE void sum_eight(const vector *x, real *to) {
  for (int q = 0; q < 8; q += 2) {
    vst1q_f64(to + q, vpaddq_f64(x[q], x[q + 1]));
  }
}
#endif

#else /* No instruction set that is known here: vectors of one lane. */
#define INSTRUCTIONS "no vectors"
#define REGISTERS 16
#define LANES 1
typedef real vector;
INLINE vector load(const real *from) { return *from; }
INLINE void store(real *to, vector x) { *to = x; }
INLINE vector broadcast(real x) { return x; }
INLINE vector add(vector x, vector y) { return x + y; }
INLINE vector subtract(vector x, vector y) { return x - y; }
INLINE vector multiply(vector x, vector y) { return x * y; }
INLINE vector fma_of(vector x, vector y, vector z) { return x * y + z; }
INLINE vector where_positive(vector h, vector x) { return h > 0 ? x : 0; }
INLINE void sum_eight(const vector *x, real *to) {
  for (int q = 0; q < 8; q++) {
    to[q] = x[q];
  }
}
#endif

INLINE vector zero(void) { return broadcast(0); }

INLINE real sum_lanes(vector x) {
  real lanes[LANES];
  store(lanes, x);
  real sum = 0;
  for (int lane = 0; lane < LANES; lane++) {
    sum += lanes[lane];
  }
  return sum;
}

#endif
