/* switch DIRECTORY COUNT: that many bare switches of DIRECTORY/link between two targets, each flushed; prints the microseconds of one. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct timespec from, to;
    int count, directory, i;

    if (argc != 3 || chdir(argv[1]) != 0 || (count = atoi(argv[2])) < 1)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (i = 0; i < count; i++) {
        if (symlink(i % 2 ? "a" : "b", "fresh") != 0 || rename("fresh", "link") != 0)
            return 1;
        directory = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (directory < 0 || fsync(directory) != 0 || close(directory) != 0)
            return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("%.1f\n", ((to.tv_sec - from.tv_sec) * 1e9 + (to.tv_nsec - from.tv_nsec)) / 1e3 / count);
    return 0;
}
