/* checked.h: whether this build watches over its own memory. */
#ifndef DG_CHECKED_H
#define DG_CHECKED_H

/* 1 under AddressSanitizer, which brings LeakSanitizer: gcc and clang each have a way of their own to say so. */
#define DG_IS_CHECKED 0
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#undef DG_IS_CHECKED
#define DG_IS_CHECKED 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#undef DG_IS_CHECKED
#define DG_IS_CHECKED 1
#endif

#endif
