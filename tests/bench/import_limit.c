/* The same records parsed by cJSON and forgotten: the limit of import.py. */
#include "tests/support/stopwatch.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

static double most_mib(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

int main(void)
{
    const char *path = getenv("IMPORT_RECORDS");
    FILE *file = path != NULL ? fopen(path, "r") : NULL;
    double begin = stopwatch_seconds(), used = stopwatch_cpu_seconds();
    char *line = NULL;
    size_t room = 0, count = 0;
    ssize_t length;

    if (file == NULL) {
        fprintf(stderr, "IMPORT_RECORDS names no file that can be read\n");
        return 1;
    }
    while ((length = getline(&line, &room, file)) >= 0) {
        cJSON *record = cJSON_ParseWithLength(line, (size_t)length);
        if (record == NULL)
            break;
        cJSON_Delete(record);
        count++;
    }
    free(line);
    fclose(file);
    printf("rate=%.1f cpu_us=%.2f mib=%.1f\n",
            (double)count / (stopwatch_seconds() - begin),
            (stopwatch_cpu_seconds() - used) / (double)count * 1e6, most_mib());
    return length < 0 ? 0 : 1;
}
