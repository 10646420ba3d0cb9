/* tracer: counts the system calls with which one process touches files below a directory, over all its threads, and
 * kills the process at exactly the nth of them, or lets exactly the nth fail.
 *
 *   tracer [-r DIR]... [-o REPORT] [-a] [-k N | -n N -e ERRNO] [-x TEXT] PROGRAM ARGUMENT...
 *
 *   -r DIR   count calls on paths below it (a path, or what a descriptor was opened as)
 *   -o FILE  one line a counted call: number, name, path
 *   -a       count calls that only look, too; else those that change something
 *   -k N     SIGKILL right before call N
 *   -n N -e E  call N is not made and fails with error number E
 *   -p       in a pid namespace of its own, so that a look at all processes is short (as root; else not done)
 *   -x TEXT  every rename from a path that contains TEXT fails with EXDEV
 *
 * The exit status is the program's, or 137. strace counts per thread, so it cannot do this to a program with several. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __x86_64__
#error "x86-64 only"
#endif

enum { CHANGES = 1, RENAMES = 2 };

/* Where the arguments are: the descriptor of a directory (-1: none), the path (-1: none, then `dir` is the file itself), and
 * for calls with two paths the second pair. */
struct call { long number; const char *name; int flags; signed char dir, path, dir2, path2; };

static const struct call calls[] = {
  { SYS_open, "open", 0, -1, 0, -1, -1 },            { SYS_openat, "openat", 0, 0, 1, -1, -1 },
  { SYS_write, "write", CHANGES, 0, -1, -1, -1 },    { SYS_pwrite64, "pwrite64", CHANGES, 0, -1, -1, -1 },
  { SYS_writev, "writev", CHANGES, 0, -1, -1, -1 },  { SYS_fsync, "fsync", CHANGES, 0, -1, -1, -1 },
  { SYS_fdatasync, "fdatasync", CHANGES, 0, -1, -1, -1 }, { SYS_syncfs, "syncfs", CHANGES, 0, -1, -1, -1 },
  { SYS_ftruncate, "ftruncate", CHANGES, 0, -1, -1, -1 }, { SYS_fallocate, "fallocate", CHANGES, 0, -1, -1, -1 },
  { SYS_rename, "rename", CHANGES | RENAMES, -1, 0, -1, 1 },
  { SYS_renameat, "renameat", CHANGES | RENAMES, 0, 1, 2, 3 },
  { SYS_renameat2, "renameat2", CHANGES | RENAMES, 0, 1, 2, 3 },
  { SYS_unlink, "unlink", CHANGES, -1, 0, -1, -1 },  { SYS_unlinkat, "unlinkat", CHANGES, 0, 1, -1, -1 },
  { SYS_rmdir, "rmdir", CHANGES, -1, 0, -1, -1 },    { SYS_mkdir, "mkdir", CHANGES, -1, 0, -1, -1 },
  { SYS_mkdirat, "mkdirat", CHANGES, 0, 1, -1, -1 }, { SYS_symlink, "symlink", CHANGES, -1, 1, -1, -1 },
  { SYS_symlinkat, "symlinkat", CHANGES, 1, 2, -1, -1 }, { SYS_link, "link", CHANGES, -1, 0, -1, 1 },
  { SYS_linkat, "linkat", CHANGES, 0, 1, 2, 3 },     { SYS_chmod, "chmod", CHANGES, -1, 0, -1, -1 },
  { SYS_fchmod, "fchmod", CHANGES, 0, -1, -1, -1 },  { SYS_fchmodat, "fchmodat", CHANGES, 0, 1, -1, -1 },
  { SYS_lchown, "lchown", CHANGES, -1, 0, -1, -1 },  { SYS_fchown, "fchown", CHANGES, 0, -1, -1, -1 },
  { SYS_fchownat, "fchownat", CHANGES, 0, 1, -1, -1 }, { SYS_utimensat, "utimensat", CHANGES, 0, 1, -1, -1 },
  { SYS_mknodat, "mknodat", CHANGES, 0, 1, -1, -1 }, { SYS_lsetxattr, "lsetxattr", CHANGES, -1, 0, -1, -1 },
  { SYS_copy_file_range, "copy_file_range", CHANGES, 2, -1, -1, -1 }, { SYS_ioctl, "ioctl", CHANGES, 0, -1, -1, -1 },
  { SYS_flock, "flock", CHANGES, 0, -1, -1, -1 },    { SYS_close, "close", 0, 0, -1, -1, -1 },
  { SYS_read, "read", 0, 0, -1, -1, -1 },            { SYS_pread64, "pread64", 0, 0, -1, -1, -1 },
  { SYS_getdents64, "getdents64", 0, 0, -1, -1, -1 }, { SYS_newfstatat, "newfstatat", 0, 0, 1, -1, -1 },
  { SYS_readlink, "readlink", 0, -1, 0, -1, -1 },    { SYS_readlinkat, "readlinkat", 0, 0, 1, -1, -1 },
  { SYS_lseek, "lseek", 0, 0, -1, -1, -1 },          { SYS_llistxattr, "llistxattr", 0, -1, 0, -1, -1 },
  { SYS_lgetxattr, "lgetxattr", 0, -1, 0, -1, -1 },  { SYS_fstatfs, "fstatfs", 0, 0, -1, -1, -1 },
};
enum { CALLS = sizeof calls / sizeof *calls };

static const char *roots[8], *exdev, *report_path;
static int root_count, all, alone, error;
static long kill_at, fail_at, counted;
static pid_t program;
static FILE *report;

static void die(const char *what) { perror(what); exit(125); }

static void filter(void)
{
  struct sock_filter code[CALLS * 2 + 2];
  int n = 0;
  code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (int i = 0; i < CALLS; i++) {
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[i].number, 0, 1);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE | (unsigned)i);
  }
  code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  struct sock_fprog whole = { (unsigned short)n, code };
  if (geteuid() != 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) die("no_new_privs");
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &whole)) die("seccomp");
}

static void descriptor_path(pid_t who, long number, char *to, size_t size)
{
  char name[64];
  if ((int)number == AT_FDCWD) snprintf(name, sizeof name, "/proc/%d/cwd", who);
  else snprintf(name, sizeof name, "/proc/%d/fd/%d", who, (int)number);
  ssize_t length = readlink(name, to, size - 1);
  to[length < 0 ? 0 : length] = 0;
}

static void read_text(pid_t who, unsigned long address, char *to, size_t size)
{
  size_t done = 0;
  while (done < size - 1) {
    size_t part = 4096 - (address + done) % 4096;
    if (part > size - 1 - done) part = size - 1 - done;
    struct iovec mine = { to + done, part }, theirs = { (void *)(address + done), part };
    ssize_t got = process_vm_readv(who, &mine, 1, &theirs, 1, 0);
    if (got <= 0 || memchr(to + done, 0, (size_t)got)) break;
    done += (size_t)got;
  }
  to[size - 1] = 0;
}

/* The path of one argument pair; empty where it has none. */
static void whole_path(pid_t who, const unsigned long *arguments, int dir, int path, char *to, size_t size)
{
  static char text[8192], base[8192];
  *to = 0;
  if (path < 0) {
    if (dir >= 0) descriptor_path(who, (long)arguments[dir], to, size);
    return;
  }
  memset(text, 0, sizeof text);
  read_text(who, arguments[path], text, sizeof text);
  int number, end = 0;
  if (sscanf(text, "/proc/self/fd/%d%n", &number, &end) == 1 && end) {
    descriptor_path(who, number, base, sizeof base);
    snprintf(to, size, "%s%s", base, text + end);
  } else if (*text == '/') {
    snprintf(to, size, "%s", text);
  } else {
    descriptor_path(who, dir < 0 ? AT_FDCWD : (long)arguments[dir], base, sizeof base);
    snprintf(to, size, "%s/%s", base, text);
  }
}

static int below(const char *path)
{
  for (int i = 0; i < root_count; i++) {
    size_t length = strlen(roots[i]);
    if (!strncmp(path, roots[i], length) && (path[length] == '/' || !path[length] || path[length] == ' ')) return 1;
  }
  return 0;
}

static int leader_of(pid_t who)
{
  char name[64], line[256];
  snprintf(name, sizeof name, "/proc/%d/status", who);
  FILE *file = fopen(name, "re");
  int leader = 0;
  while (file && fgets(line, sizeof line, file)) if (sscanf(line, "Tgid: %d", &leader) == 1) break;
  if (file) fclose(file);
  return leader;
}

static void fail(pid_t who, struct user_regs_struct *registers, int number)
{
  registers->orig_rax = (unsigned long long)-1;
  registers->rax = (unsigned long long)-number;
  if (ptrace(PTRACE_SETREGS, who, 0, registers)) die("setregs");
}

static void look(pid_t who, const struct call *call)
{
  static char first[16384], second[16384];
  struct user_regs_struct registers;
  if (ptrace(PTRACE_GETREGS, who, 0, &registers)) return;
  unsigned long arguments[] = { registers.rdi, registers.rsi, registers.rdx, registers.r10, registers.r8, registers.r9 };
  whole_path(who, arguments, call->dir, call->path, first, sizeof first);
  if (call->path2 >= 0) whole_path(who, arguments, call->dir2, call->path2, second, sizeof second); else *second = 0;
  if (!below(first) && !below(second)) return;
  int changes = call->flags & CHANGES;
  if (call->number == SYS_open) changes = arguments[1] & (O_CREAT | O_TRUNC);
  if (call->number == SYS_openat) changes = arguments[2] & (O_CREAT | O_TRUNC);
  if (leader_of(who) != program) return;
  if ((call->flags & RENAMES) && exdev && strstr(first, exdev)) { fail(who, &registers, EXDEV); return; }
  if (!all && !changes) return;
  counted++;
  if (report) fprintf(report, "%ld %s %s%s%s\n", counted, call->name, first, *second ? " " : "", second);
  if (counted == kill_at) { fflush(report); kill(program, SIGKILL); }
  else if (counted == fail_at) fail(who, &registers, error);
}

static int trace(void)
{
  int status;
  for (;;) {
    pid_t who = waitpid(-1, &status, __WALL);
    if (who < 0) return errno == ECHILD ? 0 : 125;
    if (WIFEXITED(status) || WIFSIGNALED(status)) {
      if (who == program) return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      continue;
    }
    int signal = WSTOPSIG(status), event = status >> 16;
    if (event == PTRACE_EVENT_SECCOMP) {
      unsigned long index = 0;
      ptrace(PTRACE_GETEVENTMSG, who, 0, &index);
      if (index < CALLS) look(who, calls + index);
    }
    if (event == PTRACE_EVENT_STOP && (signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU))
      ptrace(PTRACE_LISTEN, who, 0, 0);
    else
      ptrace(PTRACE_CONT, who, 0, event ? 0 : signal);
  }
}

int main(int count, char **arguments)
{
  for (int option; (option = getopt(count, arguments, "+r:o:apk:n:e:x:")) != -1;) {
    if (option == 'r' && root_count < 8) roots[root_count++] = optarg;
    else if (option == 'o') report_path = optarg;
    else if (option == 'a') all = 1;
    else if (option == 'p') alone = geteuid() == 0;
    else if (option == 'k') kill_at = atol(optarg);
    else if (option == 'n') fail_at = atol(optarg);
    else if (option == 'e') error = atoi(optarg);
    else if (option == 'x') exdev = optarg;
    else return 125;
  }
  int gate[2];
  if (pipe2(gate, O_CLOEXEC)) die("pipe");
  if (alone && unshare(CLONE_NEWPID)) die("unshare");
  program = fork();
  if (!program) {
    char go;
    if (read(gate[0], &go, 1) != 1) _exit(125);
    if (alone && (unshare(CLONE_NEWNS) || mount("none", "/", 0, MS_REC | MS_PRIVATE, 0) || mount("proc", "/proc", "proc", 0, 0))) die("mount");
    filter();
    execv(arguments[optind], arguments + optind);
    die(arguments[optind]);
  }
  long options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
  if (ptrace(PTRACE_SEIZE, program, 0, options)) die("seize");
  report = fopen(report_path ? report_path : "/dev/null", "we");
  if (!report || write(gate[1], "", 1) != 1) die("start");
  int status = trace();
  fclose(report);
  return status;
}
