#!/usr/bin/python3
"""Breaks the central modules, one sign at a time, and tells which breaks no test notices.

usage: mutants.py [-n COUNT] [-s SEED] [-m FILE]... [--list]

A copy of the tree is built once below build/mutants; for each mutant one line of one module is changed there, and the tests that modules.txt
names for it are built and run.  Which lines and how is drawn by SEED, so that the same seed breaks the same things.  A mutant that does not
compile counts for nothing and another one is drawn.  allowed.txt lists changes of no consequence, each with its reason.
Interrupted, it tells what it has found so far.  The exit status is 1 where more than a tenth of the others survive, or more than 15 of 100 are allowed.
"""
import argparse, os, random, re, shutil, signal, subprocess, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TREE = os.path.join(ROOT, "build", "mutants")
TIME_LIMIT = 600

# What is looked for in code, and what it becomes.
CHANGES = [
    (r" <= ", (" < ",)), (r" >= ", (" > ",)), (r" < ", (" <= ", " > ")), (r" > ", (" >= ", " < ")), (r" == ", (" != ",)), (r" != ", (" == ",)),
    (r" && ", (" || ",)), (r" \|\| ", (" && ",)), (r" \+ ", (" - ",)), (r" - ", (" + ",)), (r" \* (?=[a-z(0-9])", (" / ",)), (r" / ", (" * ",)),
    (r" \+= ", (" -= ",)), (r" -= ", (" += ",)), (r"\bTRUE\b", ("FALSE",)), (r"\bFALSE\b", ("TRUE",)), (r"\bMAX \(", ("MIN (",)), (r"\bMIN \(", ("MAX (",)),
    (r"(?<![\w.])!(?=[a-z(])", ("",)), (r"\bcontinue;", (";",)), (r"\bbreak;", (";",)), (r"(?<=[ (\[])-(?=[a-z(0-9])", ("",)),
    (r"(?<![\w.])[1-9]\d?(?![\w.])", (1, -1)),
]


def code_of(line):
    """The line with strings, characters and comments blanked, so that nothing in them is changed."""
    return re.sub(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|/\*.*?(?:\*/|$)|//.*$', lambda m: "\0" * len(m[0]), line)


def sites(text):
    """(line, start, end, replacement) of each possible change."""
    found, in_comment, depth = [], False, 0
    for n, line in enumerate(text):
        code = code_of(line)
        if in_comment:
            in_comment = "*/" not in line
            continue
        if line.lstrip().startswith("/*") and "*/" not in line:
            in_comment = True
            continue
        inside, depth = depth > 0, depth + code.count("{") - code.count("}")
        if not inside or line.startswith("#") or "g_return_" in code or "g_assert" in code or "goto" in code:
            continue
        if re.search(r"\bg_(new|malloc|array_new|array_sized_new|string_sized_new|alloca)|default: break;", code):
            continue  # too little room is the sanitizers' business; the last way out of a switch is as good as none
        for pattern, made in CHANGES:
            for m in re.finditer(pattern, code):
                if isinstance(made[0], int) and code[m.start() - 1] == "[" and re.match(r"\s+(static |const |guint )*[\w ]+[ *]\w+\W", code):
                    continue  # room for more than there is shows nowhere
                for new in made:
                    found.append((n, m.start(), m.end(), str(int(m[0]) + new) if isinstance(new, int) else new))
    return found


def read_modules():
    lines = [l.split() for l in open(os.path.join(HERE, "modules.txt"), encoding="utf-8") if l.strip() and not l.startswith("#")]
    return {l[0]: l[1:] for l in lines}


def read_allowed():
    return {tuple(l.rstrip("\n").split("\t")[:3]) for l in open(os.path.join(HERE, "allowed.txt"), encoding="utf-8") if l.strip() and not l.startswith("#")}


def make(*args, limit=TIME_LIMIT):
    """Runs make, and ends all that it began where that takes too long: a mutant may go on for ever."""
    with subprocess.Popen(["make", "-s", *args], cwd=TREE, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as p:
        try:
            return p.wait(limit)
        except subprocess.TimeoutExpired:
            os.killpg(p.pid, signal.SIGKILL)
            return 124


def copy_tree():
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout.decode().split("\0")
    for name in filter(None, files):
        source, target = os.path.join(ROOT, name), os.path.join(TREE, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if os.path.exists(source) and not (os.path.exists(target) and open(source, "rb").read() == open(target, "rb").read()):
            shutil.copy2(source, target)
            os.utime(target)


def run(tests, name, limits):
    """What becomes of the tree as it is: None where it does not compile, else whether a test fails."""
    if make(f"build/obj/{name[4:-2]}.o") != 0:
        return None
    return any(make("check", f"T={t}", limit=limits[t]) != 0 for t in tests)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("-n", type=int, default=100, help="how many mutants")
    ap.add_argument("-s", type=int, default=1, help="what is drawn hangs on it")
    ap.add_argument("-m", action="append", default=[], help="this module only")
    ap.add_argument("--list", action="store_true", help="only tell what would be changed")
    args = ap.parse_args()
    draw, modules, allowed = random.Random(args.s), read_modules(), read_allowed()
    names, limits = args.m or sorted(modules), {}
    if not args.list:
        copy_tree()
        for t in sorted({t for name in names for t in modules[name]}):
            make("check", f"T={t}")  # the first time, all is built
            began = time.time()
            if make("check", f"T={t}") != 0:
                sys.exit(f"mutants: the test {t} fails without a change")
            limits[t] = min(TIME_LIMIT, 60 + 6 * (time.time() - began))
    count = {"killed": 0, "survived": 0, "allowed": 0}
    texts, queue, order = {}, {}, []
    for name in names:
        texts[name] = open(os.path.join(ROOT if args.list else TREE, name), encoding="utf-8").read().split("\n")
        queue[name] = sites(texts[name])
        draw.shuffle(queue[name])
    while sum(count.values()) < args.n and any(queue.values()):
        if not order:
            order = [name for name in names if queue[name]]
            draw.shuffle(order)
        name = order.pop()
        n, start, end, new = queue[name].pop()
        text = list(texts[name])
        was, text[n] = text[n], text[n][:start] + new + text[n][end:]
        key = (name, was.strip(), text[n].strip())
        if args.list:
            print(f"{name}:{n + 1}: {was.strip()}  =>  {text[n].strip()}")
            count["killed"] += 1
            continue
        if key in allowed:
            count["allowed"] += 1
            continue
        with open(os.path.join(TREE, name), "w", encoding="utf-8") as out:
            out.write("\n".join(text))
        began = time.time()
        try:
            killed = run(modules[name], name, limits)
        except KeyboardInterrupt:
            break
        with open(os.path.join(TREE, name), "w", encoding="utf-8") as out:
            out.write("\n".join(texts[name]))
        if killed is None:
            continue
        count["killed" if killed else "survived"] += 1
        if not killed:
            print(f"{name}:{n + 1}: survives ({time.time() - began:.0f} s)\n  - {was.strip()}\n  + {text[n].strip()}", flush=True)
    if args.list:
        return
    tried = sum(count.values())
    print(f"{count['killed']} killed, {count['survived']} survived, {count['allowed']} of no consequence")
    sys.exit(count["survived"] * 10 > tried - count["allowed"] or count["allowed"] * 100 > tried * 15)


main()
