"""Compiler, program, and QEMU as the way to "upload" it."""
from SCons.Script import Default, DefaultEnvironment

env = DefaultEnvironment()
prefix = "arm-none-eabi-"
cpu = ["-mcpu=" + env.BoardConfig().get("build.cpu"), "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"]
env.Replace(
    AR=prefix + "gcc-ar",
    AS=prefix + "gcc",
    CC=prefix + "gcc",
    CXX=prefix + "g++",
    RANLIB=prefix + "gcc-ranlib",
    SIZETOOL=prefix + "size",
    PROGNAME="firmware",
    PROGSUFFIX=".elf",
    SIZECHECKCMD="$SIZETOOL -A -d $SOURCES",
    SIZEPROGREGEXP=r"^\.(?:text|rodata|data)\s+(\d+)",
    SIZEDATAREGEXP=r"^\.(?:data|bss)\s+(\d+)",
)
env.Append(
    CCFLAGS=cpu + ["-Os", "-ffunction-sections", "-fdata-sections"],
    LINKFLAGS=cpu + ["--specs=rdimon.specs", "-Wl,--gc-sections,-u,vectors,--section-start=.vectors=0"],
)
env.BuildSources("$BUILD_DIR/startup", env.PioPlatform().get_dir() + "/builder", "+<startup.c>")
program = env.BuildProgram()
env.AddPlatformTarget(
    "upload",
    program,
    "timeout 60 qemu-system-arm -M mps2-an386 -display none "
    "-semihosting-config enable=on,target=native -kernel $SOURCE",
    "Run in QEMU",
)
Default([program, env.Alias("checkprogsize")])
