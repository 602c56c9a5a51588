/* The actions and menu choices, by the toolbox's categories (domain.md section 3.2). The order is
 * that of the toolbox; labels are found in it, so actions come before the choices that wrap them.
 * What the product's documentation leaves open about an entry is in its source as assumed. */
#include "engine/flow/actions.h"

/* Where an action is available. A common module has what all its compatible flow types have, so
 * every action that some of these have may stand in one. */
#define MENUS (IN(INBOUND_CALL) | IN(OUTBOUND_CALL) | IN(SECURE_CALL) | IN(VOICEMAIL))
#define QUEUED (IN(INQUEUE_CALL) | IN(COMMON_MODULE))
#define CALLS (MENUS | QUEUED)
#define ALL (CALLS | IN(VOICE_SURVEY))
#define POST_FLOW (IN(INBOUND_CALL) | QUEUED)
#define TASKS (MENUS | IN(VOICE_SURVEY))
#define SURVEY IN(VOICE_SURVEY)
#define AGENTS (IN(INBOUND_CALL) | IN(OUTBOUND_CALL) | QUEUED)

#define OUTPUTS(...) (const struct output_info[]){ __VA_ARGS__, { NULL, NULL } }
#define SUCCESS { "success", "Success" }
#define FAILURE { "failure", "Failure" }
#define FAILED OUTPUTS(FAILURE)

#define FOUND_OR_NOT OUTPUTS({ "found", "Found" }, { "notFound", "Not Found" })
#define FOUND_OR_FAILED OUTPUTS({ "found", "Found" }, { "notFound", "Not Found" }, FAILURE)
#define DONE_OR_FAILED OUTPUTS(SUCCESS, FAILURE)
#define IN_TIME OUTPUTS(SUCCESS, { "timeout", "Timeout" })
#define DONE_IN_TIME OUTPUTS(SUCCESS, FAILURE, { "timeout", "Timeout" })
#define TRIES { "maxNoInputs", "Max No Inputs" }, { "maxNoMatches", "Max No Matches" }

/* What newer actions are about is documented, where they are available is not. */
#define NEWER SDK "; assumed: available in all call flows"
#define NEWER_BUT(where_) SDK "; assumed: available in " where_

#define FIND(key_, what_, short_, fields_)                                                         \
    { key_, "Find " what_, "find " short_, "Find", CALLS, 0, ASKS_RESULT, FOUND_OR_FAILED,         \
      fields_, NULL,                                                                               \
      "Looks up one in the organisation and stores it: Found when there is exactly one, otherwise "\
      "Not Found and the variable is NOT_SET.",                                                    \
      "documented: the find actions, outputs as in exports; assumed: available in all call flows" }
#define JOURNEY(key_, label_, short_, fields_, help_)                                              \
    { key_, label_, short_, "Journey", CALLS, 0, ASKS_RESULT, FOUND_OR_NOT, fields_, NULL, help_,  \
      NEWER }
#define BOT(key_, label_, short_, outputs_, fields_, help_)                                        \
    { key_, label_, short_, "Bot", CALLS, ACTION_HAS_NAMES, ASKS_RESULT, outputs_, fields_, NULL, \
      help_ " Intents that it may end with are outputs of their own; in a simulation its results " \
      "come from postflow.json or are asked for.",                                                 \
      NEWER }

#define IN_SURVEYS "assumed: also in voice survey flows"

const struct action_info action_table[] = {
    { "setPostFlow", "Set Post-Flow", "set post-flow", "Flow", POST_FLOW, ACTION_TASK_ONLY,
      ASKS_NEVER, NULL, fields_set_post_flow, NULL,
      "Assigns a post-flow action to the interaction: when the other party disconnects, the "
      "target is transferred to an inbound call flow or to a voice survey flow, instead of being "
      "disconnected. Use it for a survey after the call, to hand the call to somebody outside, or "
      "to run data actions. The post-flow action stays on the interaction until Clear Post-Flow "
      "takes it away or Transfer to Secure Flow is used; clear it, for instance, when the caller "
      "does not consent to the survey. Setting it does not change the path of the flow, and the "
      "action has no outputs.\n"
      "It is available in inbound call, in-queue call and common module flows, in the category "
      "Flow, and needs Edge or Media Tier 1.0.0.15220 or later. To invoke a voice survey flow one "
      "of these licences is needed: Genesys Cloud CX 1 WEM Add-on II, CX 2 WEM Add-on I, CX 3.\n"
      "If the caller gives up before reaching an agent there is nobody to transfer and nothing "
      "runs. When an agent schedules a callback and ends the first interaction, the survey comes "
      "before the callback. The agent (callee) cannot be transferred to a voice survey flow. "
      "Surveys after the call exist for inbound calls only.",
      "documented: Set Post-Flow" },
    { "clearPostFlow", "Clear Post-Flow", "clear post-flow", "Flow", POST_FLOW, ACTION_TASK_ONLY,
      ASKS_NEVER, NULL, fields_clear_post_flow, NULL,
      "Takes the post-flow action of its target away from the interaction, for instance because "
      "the caller did not consent to the survey: a disconnect then ends the call as usual.",
      "documented: Set Post-Flow, Clear Post-Flow; assumed: available where Set Post-Flow is" },
    { "createCallback", "Create Callback", "create callback", "Flow", CALLS, 0, ASKS_NEVER, NULL,
      fields_create_callback, NULL,
      "Has somebody of a queue call a number back. The flow goes on.",
      "documented: Create Callback" },
    { "setScreenPop", "Set Screen Pop", "screen pop", "Flow", CALLS, 0, ASKS_NEVER, NULL,
      fields_screen_pop, NULL, "Chooses the script that opens for the agent who gets the call.",
      "documented: Set Screen Pop" },
    { "setLanguage", "Set Language", "set language", "Flow", CALLS, 0, ASKS_NEVER, NULL,
      fields_set_language, NULL,
      "Changes the language of the call; it must be one that the flow supports. What is said is "
      "understood in it only after the task has ended.",
      "documented: Set Language" },

    { "setWrapupCode", "Set Wrap-up Code", "wrap-up code", "Flow",
      IN(INBOUND_CALL) | IN(OUTBOUND_CALL) | IN(COMMON_MODULE), 0, ASKS_RESULT, DONE_OR_FAILED,
      fields_wrapup_code, NULL, "Gives the caller's part of the conversation a wrap-up code.",
      "documented: Set Wrapup Code" },
    { "setWhisperAudio", "Set Whisper Audio", "whisper", "Flow", AGENTS, 0, ASKS_RESULT,
      DONE_OR_FAILED, fields_whisper, NULL,
      "Chooses what the agent who gets the call hears before the caller. It is said in the "
      "language that the call has now.",
      NEWER_BUT("flows before an agent") },
    { "enableParticipantRecord", "Enable Participant Recording", "record", "Flow", AGENTS, 0,
      ASKS_NEVER, NULL, fields_name_only, NULL, "Lets the caller's part be recorded.",
      "documented: Enable Participant Recording" },
    { "initializeFlowOutcome", "Initialize Flow Outcome", "begin outcome", "Flow", ALL, 0,
      ASKS_NEVER, NULL, fields_outcome, NULL,
      "Begins to measure whether the flow does what it is for.",
      NEWER_BUT("all call flows and voice survey flows") },
    { "setFlowOutcome", "Set Flow Outcome", "outcome", "Flow", ALL, 0, ASKS_NEVER, NULL,
      fields_set_outcome, NULL, "Says whether what the flow is for has succeeded or failed.",
      NEWER_BUT("all call flows and voice survey flows") },
    { "addFlowMilestone", "Add Flow Milestone", "milestone", "Flow", ALL, 0, ASKS_NEVER, NULL,
      fields_milestone, NULL, "Counts that the flow has come to this place.",
      NEWER_BUT("all call flows and voice survey flows") },
    { "setPriority", "Set Priority", "priority", "Flow", CALLS, 0, ASKS_RESULT, DONE_OR_FAILED,
      fields_priority, NULL, "Changes the conversation's place among those that wait.", NEWER },
    { "setSkills", "Set Skills", "skills", "Flow", CALLS, 0, ASKS_RESULT, DONE_OR_FAILED,
      fields_skills, NULL, "Changes what an agent must be able to do for the conversation.",
      NEWER },
    { "setUtilizationLabel", "Set Utilization Label", "label", "Flow", CALLS, 0, ASKS_RESULT,
      DONE_OR_FAILED, fields_set_label, NULL,
      "Says how much of an agent's capacity the conversation takes.", NEWER },
    { "clearUtilizationLabel", "Clear Utilization Label", "clear label", "Flow", CALLS, 0,
      ASKS_RESULT, DONE_OR_FAILED, fields_clear_label, NULL,
      "Takes the utilization label away from the conversation.", NEWER },
    { "wait", "Wait", "wait", "Flow", CALLS, 0, ASKS_NEVER, NULL, fields_wait, NULL,
      "Lets time pass before the flow goes on.", NEWER },

    { "playAudio", "Play Audio", "play audio", "Audio", ALL, 0, ASKS_NEVER, NULL,
      fields_play_audio, NULL,
      "Plays audio to the caller. A key that is pressed meanwhile ends it, unless the audio "
      "forbids that, and is kept for the next input.",
      "documented: Play Audio; " IN_SURVEYS },
    { "playEstimatedWaitTime", "Play Estimated Wait Time", "wait time", "Audio", QUEUED, 0,
      ASKS_NEVER, NULL, fields_play_wait_time, NULL, "Says how long the wait is likely to be.",
      "documented: Play Estimated Wait Time" },
    { "playPositionInQueue", "Play Position in Queue", "queue position", "Audio", QUEUED, 0,
      ASKS_NEVER, NULL, fields_play_position, NULL, "Says the caller's place in the queue.",
      "documented: Play Position in Queue" },
    { "playAudioOnSilence", "Play Audio on Silence", "on silence", "Audio", CALLS, 0, ASKS_RESULT,
      IN_TIME, fields_play_on_silence, NULL,
      "Waits until nobody speaks, then plays audio, and again when it is interrupted.", NEWER },
    { "detectSilence", "Detect Silence", "silence", "Audio", CALLS, 0, ASKS_RESULT, IN_TIME,
      fields_detect_silence, NULL, "Waits until nobody speaks.", NEWER },
    { "flushAudio", "Flush Audio", "flush audio", "Audio", CALLS, 0, ASKS_NEVER, NULL,
      fields_name_only, NULL, "Plays what is still to be played before the flow goes on.", NEWER },
    { "playUserGreeting", "Play User Greeting", "user greeting", "Audio", CALLS, 0, ASKS_NEVER,
      NULL, fields_play_greeting, NULL, "Plays the greeting of a user.", NEWER },
    { "playUserName", "Play User Name", "user name", "Audio", CALLS, 0, ASKS_NEVER, NULL,
      fields_play_name, NULL, "Says the name of a user.", NEWER },
    { "audioMonitoring", "Audio Monitoring", "monitoring", "Audio", CALLS, 0, ASKS_NEVER, NULL,
      fields_monitoring, NULL, "Turns the monitoring of the flow's audio on or off.", NEWER },
    { "transcription", "Transcription", "transcription", "Audio", CALLS, 0, ASKS_NEVER, NULL,
      fields_transcription, NULL, "Turns the transcription of what is said on or off.", NEWER },
    { "holdMusic", "Hold Music", "hold music", "Hold Music", QUEUED, 0, ASKS_NEVER, NULL,
      fields_hold_music, NULL, "Plays music while the caller waits; then the flow goes on.",
      "documented: Hold Music" },

    { "callData", "Call Data Action", "data action", "Data", ALL, 0, ASKS_RESULT,
      OUTPUTS(SUCCESS, FAILURE, { "timeout", "Timeout" }), fields_call_data, NULL,
      "Runs a data action of an integration and stores what it answers. In a simulation its "
      "results come from postflow.json or are asked for.",
      "documented: Call Data Action" },
    { "callDataSecure", "Call Secure Data Action", "secure data action", "Data",
      IN(SECURE_CALL), 0, ASKS_RESULT, DONE_IN_TIME, fields_call_data, NULL,
      "Runs a data action that may be given secure variables. In a simulation its results come "
      "from postflow.json or are asked for.",
      "documented: Call Secure Data Action" },
    { "callDecisionTable", "Call Decision Table", "decision table", "Data", CALLS, 0, ASKS_RESULT,
      DONE_OR_FAILED, fields_decision_table, NULL,
      "Has a decision table decide about a JSON value and stores what it has decided.", NEWER },
    { "dataTableLookup", "Data Table Lookup", "data table", "Data", ALL, 0, ASKS_RESULT,
      OUTPUTS({ "found", "Found" }, { "notFound", "Not Found" }, FAILURE), fields_table_lookup,
      NULL, "Looks up a row of a data table by its key and stores its columns.",
      "documented: Data Table Lookup" },
    { "collectInput", "Collect Input", "collect input", "Data", CALLS, 0, ASKS_KEYS,
      OUTPUTS(SUCCESS, FAILURE), fields_collect_input, NULL,
      "Asks the caller for digits. Too few of them, or none, is Failure; digits beyond the last "
      "one wait for the next input.",
      "documented: Collect Input" },
    { "updateData", "Update Data", "update data", "Data", ALL, 0, ASKS_NEVER, NULL,
      fields_update_data, NULL, "Assigns values to variables, one statement after the other.",
      "documented: Update Data" },
    { "setParticipantData", "Set Participant Data", "set participant data", "Data", ALL, 0,
      ASKS_NEVER, NULL, fields_set_participant, NULL,
      "Keeps texts with the conversation under names. Other than variables they survive the "
      "transfer to another flow, and are there in the flow of a post-flow.",
      "documented: Set Participant Data; " IN_SURVEYS },
    { "getParticipantData", "Get Participant Data", "get participant data", "Data", ALL, 0,
      ASKS_NEVER, NULL, fields_get_participant, NULL,
      "Reads what is kept with the conversation into variables.",
      "documented: Get Participant Data; " IN_SURVEYS },

    { "getConversationData", "Get Conversation Data", "get conversation data", "Data", CALLS, 0,
      ASKS_RESULT, FOUND_OR_NOT, fields_get_conversation, NULL,
      "Reads what is kept with a participant of a conversation into variables.", NEWER },
    { "setConversationData", "Set Conversation Data", "set conversation data", "Data", CALLS, 0,
      ASKS_RESULT, DONE_OR_FAILED, fields_set_conversation, NULL,
      "Keeps texts with a participant of a conversation under names.", NEWER },
    { "getSecuredData", "Get Secured Data", "get secured data", "Data", CALLS, 0, ASKS_RESULT,
      DONE_OR_FAILED, fields_get_secured, NULL, "Reads secured data into variables.", NEWER },
    { "setSecuredData", "Set Secured Data", "set secured data", "Data", CALLS, 0, ASKS_RESULT,
      DONE_OR_FAILED, fields_set_secured, NULL,
      "Keeps texts with the conversation that only those who may can read.", NEWER },
    { "encryptData", "Encrypt Data", "encrypt", "Data", CALLS, 0, ASKS_RESULT, DONE_OR_FAILED,
      fields_encrypt, NULL, "Makes a text of a value that only Decrypt Data can read.", NEWER },
    { "decryptData", "Decrypt Data", "decrypt", "Data", CALLS, 0, ASKS_RESULT, DONE_OR_FAILED,
      fields_decrypt, NULL, "Reads what Encrypt Data has made.", NEWER },
    { "extractSecureData", "Extract Secure Data", "extract", "Data", IN(SECURE_CALL), 0,
      ASKS_NEVER, NULL, fields_extract_secure, NULL,
      "Assigns what secure variables hold to others, where it is secure no more.",
      "documented: Extract Secure Data" },
    { "setUUIData", "Set UUI Data", "UUI data", "Data", AGENTS, 0, ASKS_NEVER, NULL,
      fields_uui_data, NULL,
      "Sets the user-to-user information that goes with a transfer or a disconnect.",
      "documented: Set UUI Data; assumed: available where Call.UUIData is" },
    { "getSIPHeaders", "Get SIP Headers", "SIP headers", "Data", CALLS, 0, ASKS_RESULT,
      DONE_OR_FAILED, fields_sip_headers, NULL, "Reads headers that came with the call.", NEWER },
    { "getRawSIPHeaders", "Get Raw SIP Headers", "raw SIP headers", "Data", CALLS, 0, ASKS_RESULT,
      DONE_OR_FAILED, fields_raw_sip_headers, NULL,
      "Reads all headers that came with the call as one text.", NEWER },
    { "setExternalTag", "Set External Tag", "external tag", "Data", CALLS, 0, ASKS_RESULT, FAILED,
      fields_external_tag, NULL, "Gives the conversation a text by which others know it.",
      NEWER },

    { "dialByExtension", "Dial by Extension", "extension", "Dial", MENUS, ACTION_TRANSFER,
      ASKS_KEYS,
      OUTPUTS(FAILURE, { "timeout", "Timeout" }), fields_extension, NULL,
      "Takes an extension and connects the caller with the user who has it.",
      NEWER_BUT("flows with menus") },

    { "getExternalContact", "Get External Contact", "get contact", "External Contacts", CALLS, 0,
      ASKS_RESULT, FOUND_OR_FAILED, fields_get_contact, NULL,
      "Looks up an external contact by its id and stores it.",
      "documented: Get External Contact, outputs as in exports; assumed: available in all call "
      "flows" },
    { "getExternalOrganization", "Get External Organization", "get organization",
      "External Contacts", CALLS, 0, ASKS_RESULT, FOUND_OR_NOT, fields_get_organization, NULL,
      "Looks up an external organization by its id and stores it.", NEWER },
    { "searchExternalContacts", "Search External Contacts", "search contacts",
      "External Contacts", CALLS, 0, ASKS_RESULT,
      OUTPUTS({ "matchExact", "Exact Match" }, { "matchMultiple", "Multiple Matches" },
              { "notFound", "Not Found" }),
      fields_search_contacts, NULL,
      "Looks for external contacts by a number or an address and stores them.", NEWER },
    { "promoteExternalContact", "Promote External Contact", "promote contact",
      "External Contacts", CALLS, 0, ASKS_RESULT, DONE_OR_FAILED, fields_promote_contact, NULL,
      "Makes a contact who was there for one call a lasting one.", NEWER },
    { "updateExternalContact", "Update External Contact", "update contact", "External Contacts",
      CALLS, 0, ASKS_RESULT, DONE_OR_FAILED, fields_update_contact, NULL,
      "Changes fields of an external contact.",
      "documented: seen in exports; assumed: available in all call flows" },

    FIND("findQueue", "Queue", "queue", fields_find_queue),
    FIND("findQueueById", "Queue by Id", "queue by id", fields_find_queue_by_id),
    FIND("findUser", "User", "user", fields_find_user),
    FIND("findUserById", "User by Id", "user by id", fields_find_user_by_id),
    { "findUsersById", "Find Users by Id", "find users by id", "Find", CALLS, 0, ASKS_RESULT,
      OUTPUTS({ "found", "Found" }, { "partiallyFound", "Partially Found" },
              { "notFound", "Not Found" }),
      fields_find_users_by_id, NULL,
      "Looks up several users and stores them, in the order of their ids.", NEWER },
    FIND("findSkill", "Skill", "skill", fields_find_skill),
    FIND("findLanguageSkill", "Language Skill", "language skill", fields_find_language_skill),
    FIND("findGroup", "Group", "group", fields_find_group),
    FIND("findSchedule", "Schedule", "schedule", fields_find_schedule),
    FIND("findScheduleGroup", "Schedule Group", "schedule group", fields_find_schedule_group),
    FIND("findEmergencyGroup", "Emergency Group", "emergency group",
         fields_find_emergency_group),
    FIND("findUserPrompt", "User Prompt", "user prompt", fields_find_user_prompt),
    FIND("findSystemPrompt", "System Prompt", "system prompt", fields_find_system_prompt),
    FIND("findUtilizationLabel", "Utilization Label", "label", fields_find_utilization_label),
    FIND("findGrammar", "Grammar", "grammar", fields_find_grammar),
    FIND("findGrammarById", "Grammar by Id", "grammar by id", fields_find_grammar_by_id),

    JOURNEY("getJourneyOutcome", "Get Journey Outcome", "journey outcome",
            fields_journey_outcome, "Looks up a journey outcome by its id and stores it."),
    JOURNEY("getJourneyOutcomeScoresBySession", "Get Journey Outcome Scores by Session",
            "journey scores", fields_journey_scores,
            "Looks up how likely the outcomes of a journey session are and stores them."),
    JOURNEY("getJourneySegment", "Get Journey Segment", "journey segment",
            fields_journey_segment, "Looks up a journey segment by its id and stores it."),
    JOURNEY("getJourneySession", "Get Journey Session", "journey session",
            fields_journey_session, "Looks up a journey session by its id and stores it."),
    JOURNEY("getJourneySessionsByExternalContact", "Get Journey Sessions by External Contact",
            "journey sessions", fields_journey_sessions,
            "Looks up the journey sessions of an external contact and stores them."),

    { "disconnect", "Disconnect", "disconnect", "Disconnect", ALL, ACTION_ENDS, ASKS_NEVER, NULL,
      fields_name_only, NULL,
      "Ends the flow and the call. A post-flow does not fire by it, unless the option "
      "systemDisconnect of postflow.json says so.",
      "documented: Disconnect; assumed: no post-flow fires" },

    { "decision", "Decision", "decision", "Logical", ALL, 0, ASKS_NEVER,
      OUTPUTS({ "yes", "Yes" }, { "no", "No" }), fields_decision, NULL,
      "Goes on with Yes when a condition is true, otherwise with No.", "documented: Decision" },
    { "switch", "Switch", "switch", "Logical", ALL, ACTION_HAS_CASES, ASKS_NEVER, NULL,
      fields_switch, NULL,
      "Goes on with the first of its cases that is true, or that equals a value; else with "
      "Default.",
      "documented: Switch, 1 to 64 cases" },
    { "evaluateSchedule", "Evaluate Schedule", "schedule", "Logical", CALLS, 0, ASKS_RESULT,
      OUTPUTS({ "active", "Active" }, { "inactive", "Inactive" }), fields_schedule, NULL,
      "Goes on by whether a schedule, or an emergency group, is active.",
      "documented: Evaluate Schedule" },
    { "evaluateScheduleGroup", "Evaluate Schedule Group", "schedule group", "Logical", CALLS, 0,
      ASKS_RESULT,
      OUTPUTS({ "open", "Open" }, { "closed", "Closed" }, { "holiday", "Holiday" },
              { "emergency", "Emergency" }),
      fields_schedule_group, NULL,
      "Goes on with Emergency, Holiday, Closed or Open, the first of them that applies; with "
      "Closed when none does.",
      "documented: Evaluate Schedule Group" },

    { "loop", "Loop", "loop", "Loop", ALL, ACTION_LOOP, ASKS_NEVER,
      OUTPUTS({ "loop", "Loop" }), fields_loop, NULL,
      "Runs the actions of its path a number of times.", "documented: Loop" },
    { "loopNext", "Next Loop", "next loop", "Loop", ALL, ACTION_ENDS | ACTION_ENDS_LOOP,
      ASKS_NEVER, NULL, fields_name_only, NULL,
      "Goes on with the next pass of the loop around it.", "documented: Next Loop" },
    { "loopExit", "Exit Loop", "exit loop", "Loop", ALL, ACTION_ENDS | ACTION_ENDS_LOOP,
      ASKS_NEVER, NULL, fields_name_only, NULL, "Leaves the loop around it.",
      "documented: Exit Loop" },

    { "loopUntil", "Loop Until", "loop until", "Loop", ALL,
      ACTION_LOOP | ACTION_HAS_NAMES, ASKS_NEVER,
      OUTPUTS({ "loop", "Loop" }), fields_loop_until, NULL,
      "Runs the actions of its path until one of its cases is true, which then goes on with the "
      "output of its name; or a number of times.",
      "documented: Loop Until; assumed: available in all call flows, a case without an output goes "
      "on behind the loop" },
    { "loopAnythingElse", "Anything Else? Loop", "anything else", "Loop", SURVEY, ACTION_LOOP,
      ASKS_KEYS, OUTPUTS({ "loop", "Loop" }), fields_anything_else, NULL,
      "Runs the actions of its path and asks whether there is anything else: yes runs them again, "
      "no and no answer go on behind it.",
      "documented: Architect Scripting SDK; assumed: a pass comes before the question" },

    { "jumpToMenu", "Jump to Menu", "jump to menu", "Menu", MENUS, ACTION_ENDS, ASKS_NEVER, NULL,
      fields_jump_to_menu, NULL, "Leaves the task for a menu and does not come back.",
      "documented: Jump to Menu" },
    { "previousMenu", "Previous Menu", "previous menu", "Menu", MENUS, ACTION_ENDS, ASKS_NEVER,
      NULL, fields_name_only, NULL, "Goes back to the menu before the current one.",
      "documented: Previous Menu" },
    { "repeatMenu", "Repeat Menu", "repeat menu", "Menu", MENUS, ACTION_ENDS, ASKS_NEVER, NULL,
      fields_name_only, NULL, "Plays the current menu again.", "documented: Repeat Menu" },

    { "jumpToTask", "Jump to Reusable Task", "jump to task", "Task", TASKS, ACTION_ENDS,
      ASKS_NEVER, NULL, fields_jump_to_task, NULL,
      "Leaves the task for another one and does not come back.",
      "documented: Jump to Reusable Task" },
    { "callTask", "Call Task", "call task", "Task", TASKS, ACTION_HAS_PATHS, ASKS_NEVER,
      OUTPUTS({ "default", "Default" }), fields_call_task, NULL,
      "Runs a task and goes on with the path that its End Task names.", "documented: Call Task" },
    { "endTask", "End Task", "end task", "Task", ALL, ACTION_ENDS, ASKS_NEVER, NULL,
      fields_end_task, NULL,
      "Ends the task; the Call Task that called it goes on with the path that is named here.",
      "documented: End Task" },

    { "changeState", "Change State", "change state", "State", IN(VOICE_SURVEY), ACTION_ENDS,
      ASKS_NEVER, NULL, fields_change_state, NULL, "Ends the state and starts another one.",
      "documented: Change State" },
    { "endState", "End State", "end state", "State", IN(VOICE_SURVEY), ACTION_ENDS, ASKS_NEVER,
      NULL, fields_name_only, NULL, "Ends the state, and with it the flow.",
      "documented: End State; assumed: that the flow ends" },

    { "transferToAcd", "Transfer to ACD", "transfer ACD", "Transfer", CALLS, ACTION_TRANSFER,
      ASKS_QUEUE, FAILED, fields_acd, NULL,
      "Puts the caller into a queue: this flow ends, and the in-queue flow runs until an agent "
      "answers. A post-flow action that was set stays.",
      "documented: Transfer to ACD" },
    { "transferToUser", "Transfer to User", "transfer user", "Transfer", CALLS, ACTION_TRANSFER,
      ASKS_RESULT, FAILED, fields_user, NULL, "Connects the caller with a user.",
      "documented: Transfer to User" },
    { "transferToNumber", "Transfer to Number", "transfer number", "Transfer", CALLS,
      ACTION_TRANSFER, ASKS_RESULT, FAILED, fields_number, NULL,
      "Connects the caller with a number outside. Who answers there counts as callee, unless the "
      "option externalNumberIsCallee of postflow.json says otherwise.",
      "documented: Transfer to Number; assumed: an external party is the callee" },
    { "transferToGroup", "Transfer to Group", "transfer group", "Transfer", CALLS,
      ACTION_TRANSFER, ASKS_RESULT, FAILED, fields_group, NULL,
      "Connects the caller with somebody of a group.", "documented: Transfer to Group" },
    { "transferToFlow", "Transfer to Flow", "transfer flow", "Transfer", CALLS, ACTION_TRANSFER,
      ASKS_NEVER, FAILED, fields_flow, NULL,
      "Goes on in another inbound call flow. Its variables are fresh; participant data and a "
      "post-flow action that was set stay.",
      "documented: Transfer to Flow" },
    { "transferToFlowSecure", "Transfer to Secure Flow", "transfer secure", "Transfer",
      CALLS & ~IN(SECURE_CALL), ACTION_TRANSFER, ASKS_NEVER, FAILED, fields_secure, NULL,
      "Goes on in a secure call flow. It takes the post-flow action away from the interaction: "
      "when it succeeds, unless the option secureTransferClears of postflow.json says otherwise.",
      "documented: Transfer to Secure Flow, Set Post-Flow; assumed: only when it succeeds" },
    { "transferToVoicemail", "Transfer to Voicemail", "voicemail", "Transfer", CALLS,
      ACTION_TRANSFER, ASKS_RESULT, FAILED, fields_voicemail, NULL,
      "Has the caller leave a message of at most three minutes; no agent is reached.",
      "documented: Transfer to Voicemail" },

    { "callCommonModule", "Call Common Module", "common module", "Common",
      ALL & ~IN(COMMON_MODULE), 0, ASKS_NEVER, NULL, fields_call_module, NULL,
      "Runs a common module in this call and goes on. A post-flow action that the module sets "
      "stays on the interaction.",
      "documented: Call Common Module; " IN_SURVEYS },

    { "callBotFlow", "Call Bot Flow", "bot flow", "Bot", CALLS, 0, ASKS_RESULT, NULL,
      fields_bot_flow, NULL,
      "Hands the caller to a bot flow and goes on when it is left. In a simulation its results "
      "come from postflow.json or are asked for.",
      "documented: Call Bot Flow; assumed: available in all call flows" },
    { "callVoiceFlow", "Call Voice Flow", "voice flow", "Bot", CALLS, 0, ASKS_RESULT, NULL,
      fields_voice_flow, NULL,
      "Hands the caller to a voice flow and goes on when it is left. In a simulation its results "
      "come from postflow.json or are asked for.",
      NEWER },
    BOT("callLexBot", "Call Lex Bot", "Lex bot", FAILED, fields_lex,
        "Hands the caller to a bot of Amazon Lex."),
    BOT("callLexV2Bot", "Call Lex V2 Bot", "Lex V2 bot", FAILED, fields_lex_v2,
        "Hands the caller to a bot of Amazon Lex V2."),
    BOT("callDialogflowBot", "Call Dialogflow Bot", "Dialogflow bot", FAILED, fields_dialogflow,
        "Hands the caller to an agent of Google Dialogflow ES."),
    BOT("callDialogflowCxBot", "Call Dialogflow CX Bot", "Dialogflow CX bot", DONE_OR_FAILED,
        fields_dialogflow_cx, "Hands the caller to an agent of Google Dialogflow CX."),
    BOT("callDialogEngineBot", "Call Dialog Engine Bot", "dialog engine bot",
        OUTPUTS({ "knowledge", "Knowledge" }, { "noIntent", "No Intent" }, FAILURE),
        fields_dialog_engine, "Hands the caller to a bot of the Genesys Dialog Engine."),
    BOT("callNuanceMixBot", "Call Nuance Mix Bot", "Nuance Mix bot", FAILED, fields_nuance_mix,
        "Hands the caller to a bot of Nuance Mix."),
    BOT("callBotConnector", "Call Bot Connector", "bot connector", FAILED, fields_bot_connector,
        "Hands the caller to a bot of another maker."),
    { "callAudioConnector", "Call Audio Connector", "audio connector", "Bot", CALLS, 0,
      ASKS_RESULT, DONE_OR_FAILED, fields_audio_connector, NULL,
      "Hands the caller to a service that takes and gives audio.", NEWER },
    { "callGuide", "Call Guide", "guide", "Bot", CALLS, 0, ASKS_RESULT, DONE_IN_TIME,
      fields_guide, NULL, "Has a guide, led by a language model, talk with the caller.", NEWER },

    { "processVoicemailInput", "Process Voicemail Input", "voicemail input", "Voicemail",
      IN(VOICEMAIL), 0, ASKS_RESULT,
      OUTPUTS({ "voicemail", "Voicemail" }, { "noInput", "No Input" }, FAILURE),
      fields_voicemail_input, NULL, "Takes what the caller says as a voicemail.",
      NEWER_BUT("voicemail flows") },
    { "clearVoicemailSnippet", "Clear Voicemail Snippet", "clear snippet", "Voicemail",
      IN(VOICEMAIL), 0, ASKS_NEVER, NULL, fields_name_only, NULL,
      "Drops what the caller has said so far.", NEWER_BUT("voicemail flows") },
    { "returnToAgent", "Return to Agent", "return to agent", "Secure", IN(SECURE_CALL),
      ACTION_ENDS, ASKS_NEVER, NULL, fields_name_only, NULL,
      "Ends the secure flow; caller and agent are connected again. Without an agent the call "
      "ends.",
      "documented: Return to Agent" },
    { "askSurveyQuestion", "Ask Survey Question", "ask", "Ask", IN(VOICE_SURVEY), 0, ASKS_KEYS,
      NULL, fields_ask_survey, NULL,
      "Asks a question of the flow's survey form and stores the answer.",
      "documented: Ask Survey Question" },

    { "askForBoolean", "Ask for Yes/No", "ask yes/no", "Ask", SURVEY, 0, ASKS_KEYS,
      OUTPUTS({ "yes", "Yes" }, { "no", "No" }, TRIES), fields_ask_boolean, NULL,
      "Asks a question that is answered with yes or no.",
      "documented: Architect Scripting SDK; assumed: the outputs Yes and No, keys 1 and 2" },
    { "askForSlot", "Ask for Slot", "ask for slot", "Ask", SURVEY, 0, ASKS_KEYS, OUTPUTS(TRIES),
      fields_ask_slot, NULL, "Asks for something and stores the answer in a slot.", SDK },
    { "askForIntent", "Ask for Intent", "ask for intent", "Ask", SURVEY, ACTION_HAS_NAMES,
      ASKS_RESULT,
      OUTPUTS({ "knowledge", "Knowledge" }, { "noIntent", "No Intent" },
              { "maxNoInputs", "Max No Inputs" }),
      fields_ask_intent, NULL,
      "Asks what the caller wants. Intents are outputs of their own.", SDK },
    { "waitForInput", "Wait for Input", "wait for input", "Ask", SURVEY, 0, ASKS_KEYS, NULL,
      fields_wait_input, NULL, "Listens to what the caller says next.", SDK },
    { "communicate", "Communicate", "communicate", "Ask", SURVEY, 0, ASKS_NEVER, NULL,
      fields_communicate, NULL, "Says something to the caller.", SDK },
    { "setIntent", "Set Intent", "set intent", "Ask", SURVEY, 0, ASKS_NEVER, NULL,
      fields_set_intent, NULL, "Makes an intent the active one.", SDK },
    { "exitBotFlow", "Exit Bot Flow", "exit", "Ask", SURVEY, ACTION_ENDS, ASKS_NEVER, NULL,
      fields_name_only, NULL, "Ends the flow; after a voice survey the call ends.",
      "documented: Architect Scripting SDK; assumed: that the call ends" },

    { "menuTask", "Task", "task", "Task", MENUS, ACTION_CHOICE, ASKS_NEVER,
      OUTPUTS({ "task", "Task" }), fields_choice, "task",
      "Runs actions of its own; they must end the task.", "documented: menu choices" },
    { "menuSubMenu", "Sub-Menu", "menu", "Menu", MENUS, ACTION_CHOICE, ASKS_KEYS, NULL,
      fields_choice_sub_menu, "menu", "A menu in the menu, with choices of its own.",
      "documented: menu choices" },
    { "menuDisconnect", "Disconnect", "disconnect", "Disconnect", MENUS,
      ACTION_CHOICE | ACTION_ENDS, ASKS_NEVER, NULL, fields_choice, "disconnect",
      "Ends the flow and the call.", "documented: menu choices" },
    { "menuDialByExtension", "Dial by Extension", "extension", "Dial", MENUS,
      ACTION_CHOICE | ACTION_TRANSFER, ASKS_KEYS, NULL, fields_choice_extension, "dialByExtension",
      "Takes an extension and connects the caller with the user who has it.",
      "documented: menu choices" },
    { "menuJumpToMenu", "Jump to Menu", "jump to menu", "Menu", MENUS,
      ACTION_CHOICE | ACTION_ENDS, ASKS_NEVER, NULL, fields_choice_menu, "jumpToMenu",
      "Goes to another menu.", "documented: menu choices" },
    { "menuJumpToTask", "Jump to Reusable Task", "jump to task", "Task", MENUS,
      ACTION_CHOICE | ACTION_ENDS, ASKS_NEVER, NULL, fields_choice_task, "jumpToTask",
      "Goes to a task.", "documented: menu choices" },
    { "menuPreviousMenu", "Previous Menu", "previous menu", "Menu", MENUS,
      ACTION_CHOICE | ACTION_ENDS, ASKS_NEVER, NULL, fields_choice, "previousMenu",
      "Goes back to the menu before this one.", "documented: menu choices" },
    { "menuRepeatMenu", "Repeat Menu", "repeat menu", "Menu", MENUS, ACTION_CHOICE | ACTION_ENDS,
      ASKS_NEVER, NULL, fields_choice, "repeatMenu", "Plays the menu again.",
      "documented: menu choices" },
    { "menuReturnToAgent", "Return to Agent", "return to agent", "Secure", IN(SECURE_CALL),
      ACTION_CHOICE | ACTION_ENDS, ASKS_NEVER, NULL, fields_choice, "returnToAgent",
      "Ends the secure flow; caller and agent are connected again.",
      "documented: menu choices" },
    { "menuTransferToAcd", "Transfer to ACD", "transfer ACD", "Transfer", MENUS,
      ACTION_CHOICE | ACTION_TRANSFER, ASKS_QUEUE, NULL, fields_choice_acd, "transferToAcd",
      "Puts the caller into a queue; when that fails the menu is played again.",
      "documented: menu choices" },
    { "menuTransferToUser", "Transfer to User", "transfer user", "Transfer", MENUS,
      ACTION_CHOICE | ACTION_TRANSFER, ASKS_RESULT, NULL, fields_choice_user, "transferToUser",
      "Connects the caller with a user; when that fails the menu is played again.",
      "documented: menu choices" },
    { "menuTransferToNumber", "Transfer to Number", "transfer number", "Transfer", MENUS,
      ACTION_CHOICE | ACTION_TRANSFER, ASKS_RESULT, NULL, fields_choice_number,
      "transferToNumber",
      "Connects the caller with a number outside; when that fails the menu is played again.",
      "documented: menu choices" },
    { "menuTransferToGroup", "Transfer to Group", "transfer group", "Transfer", MENUS,
      ACTION_CHOICE | ACTION_TRANSFER, ASKS_RESULT, NULL, fields_choice_group,
      "transferToGroup",
      "Connects the caller with somebody of a group; when that fails the menu is played again.",
      "documented: menu choices" },
    { "menuTransferToFlow", "Transfer to Flow", "transfer flow", "Transfer", MENUS,
      ACTION_CHOICE | ACTION_TRANSFER, ASKS_NEVER, NULL, fields_choice_flow, "transferToFlow",
      "Goes on in another inbound call flow; when that fails the menu is played again.",
      "documented: menu choices" },
    { "menuTransferToFlowSecure", "Transfer to Secure Flow", "transfer secure", "Transfer",
      MENUS & ~IN(SECURE_CALL), ACTION_CHOICE | ACTION_TRANSFER, ASKS_NEVER, NULL,
      fields_choice_secure, "transferToFlowSecure",
      "Goes on in a secure call flow, which takes the post-flow action away; when that fails the "
      "menu is played again.",
      "documented: menu choices" },
    { "menuTransferToVoicemail", "Transfer to Voicemail", "voicemail", "Transfer", MENUS,
      ACTION_CHOICE | ACTION_TRANSFER, ASKS_RESULT, NULL, fields_choice_voicemail,
      "transferToVoicemail",
      "Has the caller leave a message; when that fails the menu is played again.",
      "documented: menu choices" },
};

const size_t action_table_count = sizeof action_table / sizeof *action_table;
