/* reader PATH: opens and reads PATH again and again until its stdin ends; then prints how often, how often nothing was there, and
 * how often it did not hold one of the two revisions. */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

int main(int count, char **arguments)
{
  unsigned long reads = 0, missing = 0, wrong = 0;
  struct pollfd end = { 0, POLLIN, 0 };
  if (count != 2) return 2;
  puts("ready");
  fflush(stdout);
  while (poll(&end, 1, 0) == 0)
    for (int i = 0; i < 1000; i++, reads++) {
      char text = 0;
      int file = open(arguments[1], O_RDONLY);
      if (file < 0) { missing++; continue; }
      if (read(file, &text, 1) != 1 || (text != '1' && text != '2')) wrong++;
      close(file);
    }
  printf("%lu %lu %lu\n", reads, missing, wrong);
  return 0;
}
