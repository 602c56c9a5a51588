/* The table of actions and what its parts are made of; for the actions_*.c files and catalogue.c
 * alone. The fields of each category stand in a file of their own (actions_audio.c ...), the
 * entries in actions_table.c. What several actions have in common is a macro here or in the
 * category's file: a menu choice and the action that it wraps share their fields by using the same
 * one. */
#ifndef POSTFLOW_FLOW_ACTIONS_H
#define POSTFLOW_FLOW_ACTIONS_H

#include "engine/flow/catalogue.h"

extern const struct action_info action_table[];
extern const size_t action_table_count;

/* The end of a table of fields. */
#define END { .path = NULL }
/* What a field holds that is explicitly not set (archy.md section 3). */
#define NONE "{\"noValue\": true}"
/* What stands under the name of a flow that is called: its version, and under that the rest. */
#define PUBLISHED "{\"ver_latestPublished\": {}}"
enum { NAME_LENGTH = 200 };

/* Every action has a name. */
#define NAME                                                                                       \
    { .path = "name", .label = "Name", .kind = FIELD_TEXT, .max = NAME_LENGTH,                     \
      .help = "A name of its own for the action; the flow's structure shows it.",                  \
      .source = "documented: at most 200 characters" }

/* Where most actions are described: the classes of the product's scripting interface. */
#define SDK "documented: Architect Scripting SDK"

#define OPTIONAL_VALUE(path_, label_, type_, help_)                                                \
    { .path = path_, .label = label_, .kind = FIELD_VALUE, .type = TYPE_##type_, .help = help_,    \
      .source = SDK }
#define REQUIRED_VALUE(path_, label_, type_, help_)                                                \
    { .path = path_, .label = label_, .kind = FIELD_VALUE, .type = TYPE_##type_,                   \
      .flags = FIELD_REQUIRED, .initial = NONE, .help = help_, .source = SDK }
#define RESULT(path_, label_, type_, help_)                                                        \
    { .path = path_, .label = label_, .kind = FIELD_RESULT, .type = TYPE_##type_, .help = help_,   \
      .source = SDK }
#define RESULT_LIST(path_, label_, type_, help_)                                                   \
    { .path = path_, .label = label_, .kind = FIELD_RESULT, .type = TYPE_##type_,                  \
      .flags = FIELD_COLLECTION, .help = help_, .source = SDK }

#define AUDIO(path_, label_, help_)                                                                \
    { .path = path_, .label = label_, .kind = FIELD_AUDIO, .type = TYPE_AUDIO, .initial = NONE,    \
      .help = help_, .source = "documented: audio sequence" }
#define ERROR_OUTPUTS                                                                              \
    { .path = "failureOutputs/errorType", .label = "Error type", .kind = FIELD_RESULT,             \
      .type = TYPE_STRING, .help = "Where the kind of the failure is stored; never empty.",        \
      .source = "documented: failure outputs" },                                                   \
    { .path = "failureOutputs/errorMessage", .label = "Error message", .kind = FIELD_RESULT,       \
      .type = TYPE_STRING,                                                                         \
      .help = "Where the failure's explanation is stored; it may be empty or NOT_SET.",            \
      .source = "documented: failure outputs" }
#define CURRENT_INDEX                                                                              \
    { .path = "currentIndex", .label = "Current index", .kind = FIELD_RESULT,                      \
      .type = TYPE_INTEGER, .flags = FIELD_ASSUMED, .initial = NONE,                               \
      .help = "The Integer variable that counts the passes, from 0; it keeps its last value.",     \
      .source = "documented: Loop; assumed: the value after the loop" }
#define TASK_FIELD                                                                                 \
    { .path = "targetTaskRef", .label = "Task", .kind = FIELD_TASK, .flags = FIELD_REQUIRED,       \
      .help = "A task of this flow.", .source = "documented: reference to a task" }
#define TASK_INPUTS                                                                                \
    { .path = "inputs", .label = "Inputs", .kind = FIELD_INPUTS, .flags = FIELD_ASSUMED,           \
      .help = "What the task's input variables get.",                                              \
      .source = "documented: task inputs; assumed: their spelling" }
#define MENU_FIELD                                                                                 \
    { .path = "targetMenuRef", .label = "Menu", .kind = FIELD_MENU, .flags = FIELD_REQUIRED,       \
      .help = "A menu of this flow.", .source = "documented: reference to a menu" }

#define EXTENSION                                                                                  \
    { .path = "extensionVariable", .label = "Extension", .kind = FIELD_RESULT,                     \
      .type = TYPE_STRING, .help = "The String variable that gets the extension.",                 \
      .source = "documented: Dial by Extension" },                                                 \
    { .path = "interDigitTimeout", .label = "Inter-digit timeout", .kind = FIELD_VALUE,            \
      .type = TYPE_DURATION, .flags = FIELD_SETTING,                                               \
      .help = "How long the next digit is awaited; none takes the flow's setting (6 s).",          \
      .source = "documented: default 6 s" },                                                       \
    { .path = "repromptAudio", .label = "Reprompt audio", .kind = FIELD_AUDIO,                     \
      .type = TYPE_AUDIO, .help = "What asks for the extension again.",                            \
      .source = "documented: Dial by Extension" },                                                 \
    { .path = "repromptCount", .label = "Reprompts", .kind = FIELD_VALUE, .type = TYPE_INTEGER,    \
      .help = "How often it is asked for again; 0 unless set.",                                    \
      .source = "documented: default 0" },                                                         \
    ERROR_OUTPUTS

/* What each menu choice has beside the fields of the action it wraps (archy.md section 8). */
#define CHOICE                                                                                     \
    NAME,                                                                                          \
    { .path = "dtmf", .label = "Key", .kind = FIELD_WORD,                                          \
      .choices = "digit_1|digit_2|digit_3|digit_4|digit_5|digit_6|digit_7|digit_8|digit_9|"        \
                 "digit_0|digit_*|digit_#",                                                        \
      .help = "The key that chooses it; a choice without one needs words to be said.",             \
      .source = "documented: menu choices" },                                                      \
    { .path = "globalDtmf", .label = "Global key", .kind = FIELD_FLAG,                             \
      .help = "Whether the key works in every menu of the flow; no unless set.",                   \
      .source = "documented: menu choices" },                                                      \
    { .path = "globalSpeechRecTerms", .label = "Global words", .kind = FIELD_FLAG,                 \
      .help = "Whether its words are understood in every menu of the flow; no unless set.",        \
      .source = "documented: menu choices" }

extern const struct field fields_name_only[];
extern const struct field fields_play_audio[], fields_hold_music[], fields_play_wait_time[],
    fields_play_position[], fields_play_on_silence[], fields_detect_silence[],
    fields_play_greeting[], fields_play_name[], fields_monitoring[], fields_transcription[];
extern const struct field fields_call_data[], fields_table_lookup[], fields_collect_input[],
    fields_update_data[], fields_set_participant[], fields_get_participant[],
    fields_decision_table[], fields_get_conversation[], fields_set_conversation[],
    fields_get_secured[], fields_set_secured[], fields_encrypt[], fields_decrypt[],
    fields_extract_secure[], fields_uui_data[], fields_sip_headers[], fields_raw_sip_headers[],
    fields_external_tag[];
extern const struct field fields_set_post_flow[], fields_clear_post_flow[],
    fields_create_callback[], fields_screen_pop[], fields_set_language[], fields_call_module[],
    fields_wrapup_code[], fields_whisper[], fields_outcome[], fields_set_outcome[],
    fields_milestone[], fields_priority[], fields_skills[], fields_set_label[],
    fields_clear_label[], fields_wait[], fields_voicemail_input[];
extern const struct field fields_decision[], fields_switch[], fields_schedule[],
    fields_schedule_group[], fields_loop[], fields_loop_until[], fields_call_task[],
    fields_end_task[], fields_jump_to_task[], fields_jump_to_menu[], fields_change_state[],
    fields_extension[];
extern const struct field fields_find_emergency_group[], fields_find_grammar[],
    fields_find_grammar_by_id[], fields_find_group[], fields_find_language_skill[],
    fields_find_queue[], fields_find_queue_by_id[], fields_find_schedule[],
    fields_find_schedule_group[], fields_find_skill[], fields_find_system_prompt[],
    fields_find_user[], fields_find_user_by_id[], fields_find_user_prompt[],
    fields_find_users_by_id[], fields_find_utilization_label[];
extern const struct field fields_get_contact[], fields_get_organization[],
    fields_promote_contact[], fields_search_contacts[], fields_update_contact[],
    fields_journey_outcome[], fields_journey_scores[], fields_journey_segment[],
    fields_journey_session[], fields_journey_sessions[];
extern const struct field fields_audio_connector[], fields_bot_connector[], fields_dialog_engine[],
    fields_dialogflow[], fields_dialogflow_cx[], fields_lex[], fields_lex_v2[],
    fields_nuance_mix[], fields_bot_flow[], fields_voice_flow[], fields_guide[];
extern const struct field fields_ask_boolean[], fields_ask_intent[], fields_ask_slot[],
    fields_ask_survey[], fields_wait_input[], fields_communicate[], fields_set_intent[],
    fields_anything_else[];
extern const struct field fields_acd[], fields_user[], fields_number[], fields_group[],
    fields_flow[], fields_secure[], fields_voicemail[];
extern const struct field fields_choice[], fields_choice_task[], fields_choice_menu[],
    fields_choice_sub_menu[], fields_choice_extension[];
extern const struct field fields_choice_acd[], fields_choice_user[], fields_choice_number[],
    fields_choice_group[], fields_choice_flow[], fields_choice_secure[], fields_choice_voicemail[];

#endif
