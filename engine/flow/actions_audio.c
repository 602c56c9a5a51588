/* Fields of the categories Audio and Hold Music (archy.md section 4.2, domain.md sections 3.2, 4.8,
 * 7). */
#include "engine/flow/actions.h"

const struct field fields_play_audio[] = {
    NAME,
    { .path = "audio", .label = "Audio", .kind = FIELD_AUDIO, .type = TYPE_AUDIO,
      .flags = FIELD_REQUIRED, .initial = "{\"tts\": \"\"}",
      .help = "What is played: text to say, a prompt, an audio expression, or one of these for "
              "each language.",
      .source = "documented: Play Audio" },
    END,
};

const struct field fields_hold_music[] = {
    NAME,
    { .path = "prompt", .label = "Prompt", .kind = FIELD_VALUE, .type = TYPE_PROMPT,
      .flags = FIELD_REQUIRED, .initial = "{\"exp\": \"Flow.HoldPrompt\"}",
      .help = "The music; Flow.HoldPrompt is the one in the settings of the in-queue flow.",
      .source = "documented: Hold Music" },
    { .path = "bargeInEnabled", .label = "Barge-in", .kind = FIELD_VALUE, .type = TYPE_BOOLEAN,
      .initial = "{\"lit\": false}", .help = "Whether a key that is pressed ends the music.",
      .source = "documented: Hold Music" },
    { .path = "playStyle", .label = "Play style", .kind = FIELD_VARIANT,
      .choices = "entirePrompt|duration", .initial = "{\"entirePrompt\": true}",
      .help = "entirePrompt plays the prompt once to its end, duration for a time.",
      .source = "documented: HOLD_MUSIC_PLAY_STYLES" },
    { .path = "playStyle/duration", .label = "Duration", .kind = FIELD_VALUE,
      .type = TYPE_DURATION, .flags = FIELD_REQUIRED, .min = 0, .max = 900000,
      .when = "playStyle=duration", .help = "How long the prompt plays, over and over.",
      .source = "documented: 0 to 900 s, 1 minute at first" },
    END,
};

const struct field fields_play_wait_time[] = {
    NAME,
    { .path = "estimatedWaitTime", .label = "Wait time", .kind = FIELD_VALUE,
      .type = TYPE_DURATION, .initial = "{\"exp\": \"Call.EstimatedWaitTime\"}",
      .help = "The time that is said; when it is NOT_SET nothing is played.",
      .source = "documented: Play Estimated Wait Time" },
    { .path = "roundingInterval", .label = "Rounding", .kind = FIELD_VALUE, .type = TYPE_DURATION,
      .help = "The time is rounded up to a multiple of it, in the modes about and lessThan.",
      .source = "documented: Play Estimated Wait Time" },
    { .path = "specificRoundingIntervals", .label = "Intervals", .kind = FIELD_ROWS,
      .type = TYPE_DURATION, .help = "Times to round to, instead of one interval.",
      .source = "documented: Play Estimated Wait Time" },
    { .path = "playbackMode", .label = "Mode", .kind = FIELD_WORD,
      .choices = "about|exact|lessThan|range", .initial = "\"about\"",
      .help = "How it is said: about two minutes, exactly, less than, or from one to three.",
      .source = "documented: PLAY_ESTIMATED_WAIT_STYLES" },
    END,
};

const struct field fields_play_position[] = {
    NAME,
    { .path = "positionInQueue", .label = "Position", .kind = FIELD_VALUE, .type = TYPE_INTEGER,
      .initial = "{\"exp\": \"Call.PositionInQueue\"}",
      .help = "The place that is said; when it is NOT_SET nothing is played.",
      .source = "documented: Play Position in Queue" },
    { .path = "playbackMode", .label = "Mode", .kind = FIELD_WORD,
      .choices = "ahead|number|ordinal", .initial = "\"number\"",
      .help = "How it is said: two callers ahead of you, number three, or third.",
      .source = "documented: PLAY_POSITION_STYLES" },
    END,
};

#define SILENCE(help_)                                                                             \
    { .path = "silenceDuration", .label = "Silence", .kind = FIELD_VALUE, .type = TYPE_DURATION,   \
      .flags = FIELD_SETTING, .help = help_, .source = "documented: default 1 s" },                \
    { .path = "timeout", .label = "Timeout", .kind = FIELD_VALUE, .type = TYPE_DURATION,           \
      .flags = FIELD_SETTING,                                                                      \
      .help = "After so long Timeout goes on; none takes the flow's setting (40 s).",              \
      .source = "documented: default 40 s" }

const struct field fields_play_on_silence[] = {
    NAME,
    { .path = "audio", .label = "Audio", .kind = FIELD_AUDIO, .type = TYPE_AUDIO,
      .flags = FIELD_REQUIRED, .initial = "{\"tts\": \"\"}",
      .help = "What is played once the line is silent.", .source = SDK },
    SILENCE("How long nobody speaks before it is played; none takes the flow's setting (1 s)."),
    { .path = "allowedRepeatCount", .label = "Restarts", .kind = FIELD_VALUE,
      .type = TYPE_INTEGER, .flags = FIELD_SETTING,
      .help = "How often it begins again when it is interrupted; none takes the flow's setting "
              "(5).",
      .source = "documented: default 5" },
    RESULT("actualRepeatCount", "Restarts made", INTEGER,
           "The Integer variable that gets how often it began again."),
    END,
};

const struct field fields_detect_silence[] = {
    NAME,
    SILENCE("How long nobody speaks for it to be silent; none takes the flow's setting (1 s)."),
    END,
};

#define OF_USER(help_)                                                                             \
    { .path = "user", .label = "User", .kind = FIELD_VALUE, .type = TYPE_USER,                     \
      .flags = FIELD_REQUIRED | FIELD_ASSUMED, .initial = NONE, .help = help_,                     \
      .source = SDK "; assumed: spelling" }
const struct field fields_play_greeting[] = {
    NAME, OF_USER("The user whose greeting is played."), END,
};
const struct field fields_play_name[] = { NAME, OF_USER("The user whose name is said."), END };

#define TURNED_ON(path_, label_, help_)                                                            \
    { .path = path_, .label = label_, .kind = FIELD_VALUE, .type = TYPE_BOOLEAN,                   \
      .initial = "{\"lit\": true}", .help = help_, .source = SDK }
const struct field fields_monitoring[] = {
    NAME,
    TURNED_ON("enableMonitoring", "Monitoring",
              "true turns it on for this flow, false and NOT_SET turn it off."),
    END,
};
const struct field fields_transcription[] = {
    NAME,
    TURNED_ON("enableTranscription", "Transcription",
              "true turns it on for this flow, false and NOT_SET turn it off."),
    END,
};
