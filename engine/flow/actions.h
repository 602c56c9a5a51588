/* The table of actions (actions_table.c), for catalogue.c alone. */
#ifndef POSTFLOW_FLOW_ACTIONS_H
#define POSTFLOW_FLOW_ACTIONS_H

#include "engine/flow/catalogue.h"

extern const struct action_info action_table[];
extern const size_t action_table_count;

#endif
