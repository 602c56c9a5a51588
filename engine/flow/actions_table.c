/* The actions and menu choices, by the toolbox's categories (domain.md section 3.2). The order is
 * that of the toolbox; labels are found in it, so actions come before the choices that wrap them.
 * What the product's documentation leaves open about an entry is in its source as assumed. */
#include "engine/flow/actions.h"

/* Where an action is available. A common module has what all its compatible flow types have, so
 * every action that some of these have may stand in one. */
#define MENUS (IN(INBOUND_CALL) | IN(OUTBOUND_CALL) | IN(SECURE_CALL))
#define QUEUED (IN(INQUEUE_CALL) | IN(COMMON_MODULE))
#define CALLS (MENUS | QUEUED)
#define ALL (CALLS | IN(VOICE_SURVEY))
#define POST_FLOW (IN(INBOUND_CALL) | QUEUED)
#define TASKS (MENUS | IN(VOICE_SURVEY))

#define OUTPUTS(...) (const struct output_info[]){ __VA_ARGS__, { NULL, NULL } }
#define SUCCESS { "success", "Success" }
#define FAILURE { "failure", "Failure" }
#define FAILED OUTPUTS(FAILURE)

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
    { "holdMusic", "Hold Music", "hold music", "Hold Music", QUEUED, 0, ASKS_NEVER, NULL,
      fields_hold_music, NULL, "Plays music while the caller waits; then the flow goes on.",
      "documented: Hold Music" },

    { "callData", "Call Data Action", "data action", "Data", ALL, 0, ASKS_RESULT,
      OUTPUTS(SUCCESS, FAILURE, { "timeout", "Timeout" }), fields_call_data, NULL,
      "Runs a data action of an integration and stores what it answers. In a simulation its "
      "results come from postflow.json or are asked for.",
      "documented: Call Data Action" },
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
    { "returnToAgent", "Return to Agent", "return to agent", "Secure", IN(SECURE_CALL),
      ACTION_ENDS, ASKS_NEVER, NULL, fields_name_only, NULL,
      "Ends the secure flow; caller and agent are connected again. Without an agent the call "
      "ends.",
      "documented: Return to Agent" },
    { "askSurveyQuestion", "Ask Survey Question", "ask", "Ask", IN(VOICE_SURVEY), 0, ASKS_KEYS,
      NULL, fields_survey_question, NULL,
      "Asks a question of the flow's survey form and stores the answer.",
      "documented: Ask Survey Question" },

    { "menuTask", "Task", "task", "Task", MENUS, ACTION_CHOICE, ASKS_NEVER,
      OUTPUTS({ "task", "Task" }), fields_choice, "task",
      "Runs actions of its own; they must end the task.", "documented: menu choices" },
    { "menuSubMenu", "Sub-Menu", "menu", "Menu", MENUS, ACTION_CHOICE, ASKS_KEYS, NULL,
      fields_choice_sub_menu, "menu", "A menu in the menu, with choices of its own.",
      "documented: menu choices" },
    { "menuDisconnect", "Disconnect", "disconnect", "Disconnect", MENUS,
      ACTION_CHOICE | ACTION_ENDS, ASKS_NEVER, NULL, fields_choice, "disconnect",
      "Ends the flow and the call.", "documented: menu choices" },
    { "menuDialByExtension", "Dial by Extension", "extension", "Dial", MENUS, ACTION_CHOICE,
      ASKS_RESULT, NULL, fields_choice_extension, "dialByExtension",
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
