// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

/** What {@code h5coro dump --help} says. */
final class DumpHelp {
    static final String TEXT = """
            usage: h5coro dump [OPTIONS] FILE[::PATH]... | FILE PATH

            Prints HDF5 files as h5dump does. FILE is a path or a URI (file:, http:, https:, s3:).
            PATH is an object in it. A quoted FILE with * ? [abc] {a,b} or ** (any folders) means all that match.

            What is printed (everything, unless one of -a -d -g -l -t -N is given; each may be repeated)
              -a P, --attribute=P    attribute P: path of its object, slash, name ('\\/' for a slash in the name)
              -d P, --dataset=P      dataset P, or a part of it:
                                       P[start;stride;count;block]  as in h5dump, each a list of numbers
                                       P[a:b, c:d:step, i, ...]     half-open slices; i is [i:i+1], negative counts from
                                                                    the end, ... is what is left out; \\[ in a name
              -g P, --group=P        group P and all that is in it
              -l P, --soft-link=P    soft or external link P
              -t P, --datatype=P     committed datatype P
              -N P, --any_path=P     whatever has path P, and attributes of that name
              -H, --header           no values
              -A, --onlyattr         attributes' values only; -A 0: no attributes
              -n, --contents         the objects' paths only; -n 1: attributes too
              -B, --superblock       what the superblock says
              -p, --properties       storage, filters and fill values of datasets
              -R, --region           values that region references select
              -M L, --packedbits=L   bits of whole numbers: offset,length,...
            Parts of the dataset of the last -d
              -s, --start=L  -S, --stride=L  -c, --count=L  -k, --block=L
              -C, --no-compact-subset  '[' is part of a dataset's name (before -d)
              --clip                 bounds of slices outside of a dataset stand for its ends
            How it is printed
              -e, --escape           escape control characters
              -r, --string           one-byte integers as text
              --utf8                 letters that are not ASCII as letters (h5dump prints their bytes in octal)
              -y, --noindex          no indices
              -m T, --format=T       printf format of floating-point numbers, as in -m %.3f
              -w N, --width=N        width of a line; 0 for no limit
              -q Q, --sort_by=Q      name or creation_order
              -z Z, --sort_order=Z   ascending or descending
              -o F, --output=F       values into file F; -b, --binary[=NATIVE|FILE|LE|BE]: as bytes
              -O F, --ddl=F          all but values into file F
            How files are reached
              -f D, --filedriver=D   family (name%05d.h5), split, multi, onion, subfiling, or sec2 for one file
              --vfd-info N           revision (onion) or inode (subfiling)
              --follow-anywhere      other files that a file names are read outside of its folder too
              --endpoint URL --region=R --profile P --anonymous --path-style --requester-pays   (S3);
                                     --region alone is -R
              --bearer-token-env NAME  environment variable that holds a token (HTTP)
              --timeout TIME         how long one range may take with all its repeats (HTTP, S3); 300 s unless set;
                                     a server that never answers is asked three times, 30 s each
                                     (--storage attempt_timeout=TIME)
              --retries N            how often a request is sent again (HTTP, S3); 7 unless set
              --header=NAME=VALUE    a header of each request (HTTP, S3); may be repeated; --header alone is -H
              --user-agent TEXT      how the command names itself to servers (HTTP, S3)
              --url-command CMD      a program that prints the http or https URL of FILE, such as a signed one. It is
                                     run as CMD FILE when FILE is an address, first and whenever the server refuses
                                     the URL. CMD is split at blanks; '', "" and \\ quote as in a shell, nothing else
                                     has a meaning
              --storage KEY=VALUE    any other option of the storage
              --allow-truncated      open a file that is shorter than it says
              --allow-unclosed       open a file that its writer did not close
              --allow-changing       read an object that changes for the server at each request: trust its size
              --index-cache DIR      what is learnt of files' metadata is kept in DIR, and not read again
              --data-cache DIR[:SIZE]  what is read of remote files' data is kept in DIR, and not fetched again;
                                     SIZE is a number and K, M, G or T, 10G unless set
              --stats                requests, bytes, chunks and time on standard error
              --verbose              a line for each request on standard error: when, file, range, bytes, time
              --color WHEN --no-pager --quiet   colours (auto, always, never), no pager, no progress on a terminal
              --debug                stack traces
              -h, --help  -V, --version

            Exit status: 0 all is well, 2 wrong usage (also a slice outside of its dataset), 3 not found, 4 a feature
            or filter that is not supported, 5 no access or no connection, 6 corrupt or not HDF5, 7 a limit,
            1 anything else.
            """;

    private DumpHelp() {}
}
