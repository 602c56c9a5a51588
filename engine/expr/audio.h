/* What the files that say values in words share. No source states the words: ASSUMED throughout,
 * after how people read such values aloud. */
#ifndef POSTFLOW_EXPR_AUDIO_H
#define POSTFLOW_EXPR_AUDIO_H

#include "engine/base/str.h"

/* What a number in front of something agrees with; COUNTING where there is nothing. */
enum gender { COUNTING, MASCULINE, FEMININE, NEUTER };

/* A unit: one of it, several. */
struct unit {
    const char *one, *several;
    enum gender gender;
};

/* 0 to 15 digits. */
#define SPEECH_MOST INT64_C(999999999999999)

/* A language: its words, and how it puts them together. Numbers are from 0 to SPEECH_MOST. */
struct speech {
    const char *tag; /* of two letters */
    const char *minus, *point, *percent, *plus;
    const char *and, *to; /* with blanks around them */
    const char *truth[2], *yes[2];
    const char *digits[10];
    const char *months[12], *weekdays[7]; /* from January, from Sunday */
    struct unit parts[4];                 /* of time: days to seconds */
    void (*number)(struct buf *out, int64_t n, enum gender gender);
    void (*ordinal)(struct buf *out, int64_t n, enum gender gender);
    void (*year)(struct buf *out, int64_t year);
    void (*date)(struct buf *out, const struct speech *speech, int64_t month, int64_t day);
    void (*time)(struct buf *out, int64_t hour, int64_t minute, bool twelve);
    bool twelve_hours;      /* where no format says how */
    const char *year_joint; /* between day and year */
};
/* By the language's IETF tag, empty being English; NULL: it has no words here. */
const struct speech *speech_find(struct str tag);

/* The major and the minor unit of a currency, and how many places the minor one has; NULL: it has
 * no words here. */
const struct unit *currency_units(const struct speech *speech, struct str code, unsigned *places);

/* The name of a character that is no letter and no digit; NULL: it has none. */
const char *character_name(const struct speech *speech, char c);

/* What speech is made of. */
void english_number(struct buf *out, int64_t n, enum gender gender);
void english_ordinal(struct buf *out, int64_t n, enum gender gender);
void english_year(struct buf *out, int64_t year);
void english_date(struct buf *out, const struct speech *speech, int64_t month, int64_t day);
void english_time(struct buf *out, int64_t hour, int64_t minute, bool twelve);
void german_number(struct buf *out, int64_t n, enum gender gender);
void german_ordinal(struct buf *out, int64_t n, enum gender gender);
void german_year(struct buf *out, int64_t year);
void german_date(struct buf *out, const struct speech *speech, int64_t month, int64_t day);
void german_time(struct buf *out, int64_t hour, int64_t minute, bool twelve);

#endif
