#!/usr/bin/python3
"""Breaks the central modules, one sign at a time, and tells which breaks no test notices.

usage: mutants.py [-n COUNT] [-s SEED] [-j JOBS] [-m FILE]... [--again] [--list]

Copies of the tree are built once below build/mutants, one for each of JOBS; for each mutant one line of one module is changed there, and the
tests that modules.txt names for it are built and run, one after the other up to the first that fails.  Which lines and how is drawn by SEED, so
that the same seed breaks the same things.  A mutant that does not compile, or makes the same object, counts for nothing and another one is drawn.
allowed.txt lists changes of no consequence, each with its reason.  build/mutants/results.tsv tells what became of each; --again tries only those
that survived there.  Interrupted, it tells what it has found so far.  The exit status is 1 where more than a tenth of the others survive, or
more than 15 of 100 are allowed.
"""
import argparse, os, random, re, shutil, signal, subprocess, sys, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
WORK = os.path.join(ROOT, "build", "mutants")
RESULTS = os.path.join(WORK, "results.tsv")
TIME_LIMIT = 300

# Quick to compile and to link, and quick enough to run.
FLAGS = ["CFLAGS=-O1"] + (["LDFLAGS=-fuse-ld=gold"] if shutil.which("ld.gold") else [])

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


class Tree:
    """A copy of what git knows of, with its build."""

    def __init__(self, number):
        self.path = os.path.join(WORK, f"tree{number}")
        self.running, self.is_stopped = None, False
        files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout.decode().split("\0")
        for name in filter(None, files):
            source, target = os.path.join(ROOT, name), self.file(name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            if os.path.isfile(source) and not (os.path.exists(target) and open(source, "rb").read() == open(target, "rb").read()):
                shutil.copy2(source, target)
                os.utime(target)

    def file(self, name):
        return os.path.join(self.path, name)

    def write(self, name, lines):
        with open(self.file(name), "w", encoding="utf-8") as out:
            out.write("\n".join(lines))

    def make(self, *args, limit=TIME_LIMIT):
        """Runs make, and ends all that it began where that takes too long: a mutant may go on for ever."""
        if self.is_stopped:
            return 125
        with subprocess.Popen(["make", "-s", *FLAGS, *args], cwd=self.path, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, start_new_session=True) as p:
            self.running = p
            try:
                return p.wait(limit)
            except subprocess.TimeoutExpired:
                os.killpg(p.pid, signal.SIGKILL)
                return 124
            finally:
                self.running = None

    def stop(self):
        self.is_stopped, p = True, self.running
        if p is not None:
            os.killpg(p.pid, signal.SIGKILL)

    def check(self, test, limit=TIME_LIMIT):
        name, _, path = test.partition(":")
        return self.make("quick", f"T={name}", f"P={path}", limit=limit)

    def object(self, name):
        """The compiled module, or None."""
        target = f"build/obj/{name[4:-2]}.o"
        return open(self.file(target), "rb").read() if self.make(target) == 0 else None

    def run(self, name, tests, limits, was):
        """What becomes of the tree with a changed module: None where that counts for nothing, else the test that fails, or "" where none does."""
        made = self.object(name)
        if made is None or made == was:
            return None
        return next((t for t in tests if self.check(t, limits[t]) != 0), "")


class Draw:
    """Mutants, in an order that hangs on the seed alone; several threads ask."""

    def __init__(self, seed, names, texts):
        self.random, self.names, self.order, self.queue = random.Random(seed), names, [], {}
        for name in names:
            self.queue[name] = sites(texts[name])
            self.random.shuffle(self.queue[name])

    def next(self):
        if not self.order:
            self.order = [name for name in self.names if self.queue[name]]
            self.random.shuffle(self.order)
        if not self.order:
            return None
        name = self.order.pop()
        return name, *self.queue[name].pop()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("-n", type=int, default=100, help="how many mutants")
    ap.add_argument("-s", type=int, default=1, help="what is drawn hangs on it")
    ap.add_argument("-j", type=int, default=1, help="how many at once")
    ap.add_argument("-m", action="append", default=[], help="this module only")
    ap.add_argument("--again", action="store_true", help="only those that survived last time")
    ap.add_argument("--list", action="store_true", help="only tell what would be changed")
    args = ap.parse_args()
    modules, allowed = read_modules(), read_allowed()
    names = args.m or sorted(modules)
    texts = {name: open(os.path.join(ROOT, name), encoding="utf-8").read().split("\n") for name in names}
    again = None
    if args.again:
        rows = [l.rstrip("\n").split("\t") for l in open(RESULTS, encoding="utf-8")]
        again = {(r[0], r[1], r[2]) for r in rows if r[3] == "survived" and r[0] in texts}
    draw = Draw(args.s, names, texts)
    if args.list:
        for _ in range(args.n):
            name, n, start, end, new = draw.next()
            print(f"{name}:{n + 1}: {texts[name][n].strip()}  =>  {(texts[name][n][:start] + new + texts[name][n][end:]).strip()}")
        return
    trees = [Tree(i + 1) for i in range(args.j)]
    limits, objects = {}, {}
    for tree in trees:
        for t in sorted({t for name in names for t in modules[name]}):
            if tree.make("programs", "build/diglot", f"T={t.partition(':')[0]}", limit=3000) != 0:
                sys.exit(f"mutants: the test {t} cannot be built")
            began = time.time()
            if tree is trees[0] and tree.check(t, limit=3000) != 0:
                sys.exit(f"mutants: the test {t} fails without a change")
            limits.setdefault(t, min(TIME_LIMIT, 20 + 6 * (time.time() - began)))
        objects[tree] = {name: tree.object(name) for name in names}
    count, lock, began_all = {"killed": 0, "survived": 0, "allowed": 0}, threading.Lock(), time.time()
    results = open(RESULTS + ".new", "w", encoding="utf-8")
    in_hand = set()

    def take(tree):
        """The next one to be tried, or None where there are enough; those being tried may yet count for nothing."""
        while True:
            with lock:
                if sum(count.values()) >= args.n or tree.is_stopped:
                    return None
                if sum(count.values()) + len(in_hand) < args.n:
                    drawn = draw.next()
                    if drawn is None:
                        return None
                    name, n, start, end, new = drawn
                    line = texts[name][n][:start] + new + texts[name][n][end:]
                    key = (name, texts[name][n].strip(), line.strip())
                    if again is not None and key not in again:
                        continue
                    if key in allowed:
                        tell(key, n, "allowed", "", 0)
                        continue
                    in_hand.add(tree)
                    return key, n, line
            time.sleep(.2)

    def tell(key, n, what, killer, seconds):
        count[what] += 1
        results.write("\t".join((*key, what, killer, f"{seconds:.0f}", str(n + 1))) + "\n")
        results.flush()
        if what == "survived":
            print(f"{key[0]}:{n + 1}: survives ({seconds:.0f} s)\n  - {key[1]}\n  + {key[2]}", flush=True)

    def work(tree):
        while (taken := take(tree)) is not None:
            key, n, line = taken
            name, began = key[0], time.time()
            tree.write(name, texts[name][:n] + [line] + texts[name][n + 1:])
            killer = tree.run(name, modules[name], limits, objects[tree][name])
            tree.write(name, texts[name])
            with lock:
                in_hand.discard(tree)
                if killer is not None and not tree.is_stopped:
                    tell(key, n, "killed" if killer else "survived", killer, time.time() - began)

    threads = [threading.Thread(target=work, args=(tree,)) for tree in trees]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except KeyboardInterrupt:
        for tree in trees:
            tree.stop()
    results.close()
    os.replace(RESULTS + ".new", RESULTS)
    tried = sum(count.values())
    print(f"{count['killed']} killed, {count['survived']} survived, {count['allowed']} of no consequence; {time.time() - began_all:.0f} s")
    sys.exit(count["survived"] * 10 > tried - count["allowed"] or count["allowed"] * 100 > tried * 15)


main()
