/* What the process does with signals while it has the terminal. Handlers set flags or, in a crash,
 * write what was prepared. Not for other folders. */
#ifndef POSTFLOW_TERM_SIGNALS_H
#define POSTFLOW_TERM_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <termios.h>
#include "engine/base/str.h"

/* Takes the dispositions and blocks what becomes an event; signals_release gives back what was. */
void signals_take(void);
void signals_release(void);
/* After curses changed some of them. */
void signals_retake(void);
/* The mask to wait with: what was blocked before signals_take. */
const sigset_t *signals_wait_mask(void);
/* Lets pending signals in for a moment, then tells (and forgets) whether `signal` came. */
void signals_poll(void);
bool signals_came(int signal);
/* Stops the whole job as Ctrl-Z does; returns when it is continued. False: there is no job
 * control, nothing happened. */
bool signals_stop_job(void);
/* Dispositions while another program has the terminal, and in the child before exec. */
void signals_lend(void);
void signals_child(void);

/* What a crash writes to `fd`, and the terminal modes it sets. */
void signals_prepare(int fd, const struct termios *modes, struct str restore);
void signals_forget(void);

#endif
