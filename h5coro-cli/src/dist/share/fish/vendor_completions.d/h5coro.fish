# SPDX-License-Identifier: Apache-2.0
# Completes command lines of h5coro in fish.
# Written by ManualTest from what --help says.
function __h5coro_command
    set -l typed (commandline -opc)
    test (count $typed) -gt 1; and test "$typed[2]" = $argv[1]
end

function __h5coro_option
    __h5coro_command $argv[1]; and string match -q -- '-*' (commandline -ct)
end

function __h5coro_first
    test (count (commandline -opc)) -eq 1
end

function __h5coro_paths
    set -l typed (commandline -opc)
    set -l last (commandline -ct)
    set -l file
    for word in $typed[3..-1]
        if string match -qr '://|\\.(h5|hdf5|he5|nc|nc4)(/|::|$)' -- $word
            set file $word
        end
    end
    if string match -qr '::|\\.(h5|hdf5|he5|nc|nc4)/' -- $last
        or begin
            string match -q '/*' -- $last; and test -n "$file"
        end
        $typed[1] __complete $typed[2..-1] $last 2>/dev/null
    end
end

function __h5coro_aliases
    set -l config $H5CORO_CONFIG
    test -n "$config"; or set config (test -n "$XDG_CONFIG_HOME"; and echo $XDG_CONFIG_HOME; or echo $HOME/.config)/h5coro/config
    test -r $config; and sed -n 's/^[ 	]*\([A-Za-z][A-Za-z0-9_+.-]*:\)[ 	]*=.*/\1/p' $config
end

complete -c h5coro -n 'not __h5coro_first' -a '(__h5coro_paths)'
complete -c h5coro -n 'not __h5coro_first' -a '(__h5coro_aliases)'
complete -c h5coro -n '__h5coro_command help' -f -a 'attrs cat config diff doctor dump export find head help info ls plan plot refs serve stat tree'
complete -c h5coro -n __h5coro_first -f -a '--help --version -V -h'
complete -c h5coro -n __h5coro_first -f -a attrs -d 'prints an object\'s attributes, as in tas:units = "K", of each file where there are several'
complete -c h5coro -n '__h5coro_option attrs' -f -a '--allow-changing --allow-truncated --allow-unclosed --anonymous --bearer-token-env --color --data-cache --ddl --debug --endpoint --header --help --index-cache --json --no-pager --path-style --profile --quiet --region --requester-pays --retries --storage --timeout --url-command --user-agent --verbose --version -V -h -v'
complete -c h5coro -n __h5coro_first -f -a cat -d 'prints the values of datasets and nothing else: a line for each index of all dimensions but the last one, whose values, or the members of a compound, have tabulators between'
complete -c h5coro -n '__h5coro_option cat' -f -a '--allow-changing --allow-truncated --allow-unclosed --anonymous --bearer-token-env --color --data-cache --dataset --debug --endpoint --header --help --index-cache --no-pager --path-style --profile --quiet --region --requester-pays --retries --storage --timeout --url-command --user-agent --verbose --version -V -d -h -v'
complete -c h5coro -n __h5coro_first -f -a config -d 'prints what is in force of the settings, and whence it is: a line of the file ~/.config/h5coro/config (in XDG_CONFIG_HOME when that is set, or H5CORO_CONFIG), or a variable'
complete -c h5coro -n '__h5coro_option config' -f -a '--color --help --no-pager --quiet --version -V -h'
complete -c h5coro -n __h5coro_first -f -a diff -d 'compares two files, or an object of each: members of groups, types, shapes, attributes and values'
complete -c h5coro -n '__h5coro_option diff' -f -a '--allow-changing --allow-truncated --allow-unclosed --anonymous --bearer-token-env --color --data-cache --dataset --debug --endpoint --group --header --help --index-cache --json --no-pager --no-values --path-style --profile --quiet --region --relative --requester-pays --retries --storage --timeout --tolerance --url-command --user-agent --verbose --version -V -d -g -h -q -v'
complete -c h5coro -n __h5coro_first -f -a doctor -d 'says how cloud-friendly a file is, and what repacking would gain'
complete -c h5coro -n '__h5coro_option doctor' -f -a '--all --allow-changing --allow-truncated --allow-unclosed --anonymous --bearer-token-env --color --debug --endpoint --header --help --json --max-datasets --no-pager --path-style --profile --quiet --region --requester-pays --retries --storage --timeout --url-command --user-agent --verbose --version -V -a -h -v'
complete -c h5coro -n __h5coro_first -f -a dump -d 'prints HDF5 files as h5dump does'
complete -c h5coro -n '__h5coro_option dump' -f -a '--allow-changing --allow-truncated --allow-unclosed --anonymous --any_path --attribute --bearer-token-env --block --clip --color --contents --count --data-cache --dataset --datatype --ddl --debug --endpoint --escape --filedriver --follow-anywhere --format --group --header --help --index-cache --no-compact-subset --no-pager --noindex --onlyattr --output --packedbits --path-style --profile --properties --quiet --region --requester-pays --retries --soft-link --sort_by --sort_order --start --stats --storage --stride --string --superblock --timeout --url-command --user-agent --utf8 --verbose --version --vfd-info --width -A -B -C -H -M -N -O -R -S -V -a -c -d -e -f -g -h -k -l -m -n -o -p -q -r -s -t -w -y -z'
complete -c h5coro -n __h5coro_first -f -a export -d 'writes datasets of a file, or slices of them, to a file that other programs open'
complete -c h5coro -n '__h5coro_option export' -f -a '--allow-changing --allow-truncated --allow-unclosed --anonymous --bearer-token-env --cf --clip --color --data-cache --dataset --debug --endpoint --format --group --header --help --index-cache --no-pager --output --path-style --profile --quiet --region --requester-pays --retries --storage --timeout --url-command --user-agent --verbose --version -V -d -f -g -h -o -v'
complete -c h5coro -n __h5coro_first -f -a find -d 'prints the paths of the objects in a file or group for which all options hold'
complete -c h5coro -n '__h5coro_option find' -f -a '--allow-changing --allow-truncated --allow-unclosed --anonymous --attr --bearer-token-env --color --data-cache --debug --endpoint --header --help --index-cache --json --kind --long --name --no-pager --path-style --profile --quiet --region --requester-pays --retries --shape --storage --timeout --type --url-command --user-agent --verbose --version -V -h -l -v'
complete -c h5coro -n __h5coro_first -f -a head -d 'prints the first rows of the datasets of a group, or of those named, side by side: a column for each dataset and each member of a compound'
complete -c h5coro -n '__h5coro_option head' -f -a '--allow-changing --allow-truncated --allow-unclosed --anonymous --bearer-token-env --color --data-cache --dataset --debug --endpoint --header --help --index-cache --no-pager --path-style --profile --quiet --region --requester-pays --retries --rows --storage --timeout --url-command --user-agent --verbose --version -V -d -h -n -v'
complete -c h5coro -n __h5coro_first -f -a help -d 'explains a command, or lists all'
complete -c h5coro -n '__h5coro_option help' -f -a '--color --help --no-pager --quiet --version -V -h'
complete -c h5coro -n __h5coro_first -f -a info -d 'prints what is in a file or group as ncdump -h does: dimensions, variables, types, attributes'
complete -c h5coro -n '__h5coro_option info' -f -a '--all --allow-changing --allow-truncated --allow-unclosed --anonymous --bearer-token-env --color --data-cache --debug --endpoint --header --help --index-cache --json --no-pager --path-style --profile --quiet --region --requester-pays --retries --storage --timeout --url-command --user-agent --verbose --version -V -a -h -v'
complete -c h5coro -n __h5coro_first -f -a ls -d 'lists a group\'s members: kind, name, shape, type, chunks; or a folder\'s files: name, size, time'
complete -c h5coro -n '__h5coro_option ls' -f -a '--allow-changing --allow-truncated --allow-unclosed --anonymous --bearer-token-env --color --data-cache --debug --endpoint --header --help --index-cache --json --long --no-pager --path-style --profile --quiet --recursive --region --requester-pays --retries --storage --timeout --url-command --user-agent --verbose --version -V -h -l -r -v'
complete -c h5coro -n __h5coro_first -f -a plan -d 'says what reading datasets would fetch, without reading them; of several files with the sum'
complete -c h5coro -n '__h5coro_option plan' -f -a '--allow-changing --allow-truncated --allow-unclosed --anonymous --bandwidth-mbs --bearer-token-env --clip --color --connections --data-cache --dataset --debug --endpoint --header --help --index-cache --json --latency-ms --no-pager --path-style --profile --quiet --region --requester-pays --retries --storage --timeout --url-command --user-agent --verbose --version -V -d -h -v'
complete -c h5coro -n __h5coro_first -f -a plot -d 'draws a dataset, or a slice of it: values along one dimension as a line, or as dots against another dataset (-x); values of two dimensions as an image; or either as a map'
complete -c h5coro -n '__h5coro_option plot' -f -a '--allow-changing --allow-truncated --allow-unclosed --anonymous --bearer-token-env --color --colors --data-cache --dataset --debug --endpoint --header --help --index-cache --kind --lat --log --lon --map --no-pager --output --path-style --profile --quiet --range --raw --region --requester-pays --retries --size --storage --timeout --url-command --user-agent --verbose --version -V -d -h -o -v -x'
complete -c h5coro -n __h5coro_first -f -a refs -d 'writes where the chunks of a file are and how they are decoded (references of kerchunk), so that xarray and Zarr open the file itself, without HDF5'
complete -c h5coro -n '__h5coro_option refs' -f -a '--address --allow-changing --allow-truncated --allow-unclosed --anonymous --bearer-token-env --color --concat --data-cache --debug --endpoint --format --header --help --index-cache --inline-bytes --keep-query --no-pager --output --path-style --profile --quiet --region --requester-pays --retries --storage --timeout --url-command --user-agent --verbose --version -V -f -h -o -v'
complete -c h5coro -n __h5coro_first -f -a serve -d 'serves directories, prefixes and files over HTTP, until it is interrupted: to the Python package hdfstream, and as a page to browsers'
complete -c h5coro -n '__h5coro_option serve' -f -a '--allow-changing --allow-truncated --allow-unclosed --anonymous --bearer-token-env --color --data-cache --debug --endpoint --hash --header --help --host --index-cache --keystore --no-pager --passwords --path-style --port --profile --quiet --region --requester-pays --retries --storage --timeout --url-command --user-agent --verbose --version -V -h -v'
complete -c h5coro -n __h5coro_first -f -a stat -d 'reads datasets and says of their numbers: how many, how many are missing, least, greatest, mean, and quantiles of a sample'
complete -c h5coro -n '__h5coro_option stat' -f -a '--allow-changing --allow-truncated --allow-unclosed --anonymous --bearer-token-env --color --data-cache --dataset --debug --endpoint --header --help --index-cache --json --no-pager --path-style --profile --quiet --recursive --region --requester-pays --retries --storage --timeout --url-command --user-agent --verbose --version -V -d -h -r -v'
complete -c h5coro -n __h5coro_first -f -a tree -d 'prints a file or group as a tree: names, types, shapes, numbers of attributes, where links lead'
complete -c h5coro -n '__h5coro_option tree' -f -a '--allow-changing --allow-truncated --allow-unclosed --anonymous --bearer-token-env --color --data-cache --debug --depth --endpoint --header --help --index-cache --no-pager --path-style --profile --quiet --region --requester-pays --retries --storage --timeout --url-command --user-agent --verbose --version -L -V -h -v'
