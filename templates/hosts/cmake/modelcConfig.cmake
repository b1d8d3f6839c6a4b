# modelc in CMake.
#
#   modelc_add_model(<target>
#     MODEL <file.tflite>
#     [BOARD <board> | CPU <cpu> [RAM <size> FLASH <size>]]
#     [RAM_BUDGET <size>] [FLASH_BUDGET <size>] [ARENA_SECTION <section>]
#     [COMPILE_OPTIONS <flag>...])
#
# Adds a static library of the model. Its C files are made when the library is built, and made again when the model,
# these options or modelc itself changes. <target> is the prefix of the C identifiers; modelc::<target> is the same
# library. MODELC_COMMAND is the modelc to run: a program, or a list such as "node;tools/modelc/dist/cli/main.js".

if(NOT DEFINED MODELC_COMMAND)
  find_program(MODELC_PROGRAM modelc
    HINTS "${CMAKE_SOURCE_DIR}/node_modules/.bin" "${CMAKE_CURRENT_LIST_DIR}/../../../node_modules/.bin")
  if(NOT MODELC_PROGRAM)
    message(FATAL_ERROR "modelc was not found. Install it (npm install modelc), or set MODELC_COMMAND.")
  endif()
  set(MODELC_COMMAND "${MODELC_PROGRAM}")
endif()

function(modelc_add_model target)
  set(single MODEL BOARD CPU RAM FLASH RAM_BUDGET FLASH_BUDGET ARENA_SECTION)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "${single}" "COMPILE_OPTIONS")
  if(NOT ARG_MODEL)
    message(FATAL_ERROR "modelc_add_model(${target}): MODEL is missing.")
  endif()
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "modelc_add_model(${target}): unknown arguments ${ARG_UNPARSED_ARGUMENTS}.")
  endif()
  get_filename_component(model "${ARG_MODEL}" ABSOLUTE)

  set(options --host cmake --name ${target})
  foreach(option BOARD CPU RAM FLASH RAM_BUDGET FLASH_BUDGET ARENA_SECTION)
    if(DEFINED ARG_${option})
      string(TOLOWER "--${option}" flag)
      string(REPLACE "_" "-" flag "${flag}")
      list(APPEND options ${flag} ${ARG_${option}})
    endif()
  endforeach()

  # a board that is a file is one more thing to depend on
  set(inputs "${model}")
  if(ARG_BOARD MATCHES "\\.json")
    string(REGEX REPLACE ":[a-z0-9-]+$" "" board_file "${ARG_BOARD}")
    get_filename_component(board_file "${board_file}" ABSOLUTE)
    list(APPEND inputs "${board_file}")
  endif()
  # modelc itself: whatever of the command is a file, and the package that it belongs to
  foreach(part IN LISTS MODELC_COMMAND)
    if(EXISTS "${part}")
      get_filename_component(program "${part}" REALPATH)
      get_filename_component(folder "${program}" DIRECTORY)
      list(APPEND inputs "${program}")
      if(EXISTS "${folder}/../../package.json")
        list(APPEND inputs "${folder}/../../package.json")
      endif()
    endif()
  endforeach()

  set(folder "${CMAKE_CURRENT_BINARY_DIR}/modelc/${target}")
  # rewritten only when the options change; the model's files are then older than it
  file(GENERATE OUTPUT "${folder}.options" CONTENT "${MODELC_COMMAND};${options}\n")
  set(sources "${folder}/model/${target}.c" "${folder}/model/${target}-data.c" "${folder}/model/${target}-selftest.c")
  add_custom_command(
    OUTPUT "${folder}.stamp"
    BYPRODUCTS ${sources} "${folder}/model/${target}.h"
    COMMAND ${MODELC_COMMAND} compile "${model}" ${options} --output "${folder}"
    COMMAND "${CMAKE_COMMAND}" -E touch "${folder}.stamp"
    DEPENDS ${inputs} "${folder}.options"
    WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
    COMMENT "modelc: ${ARG_MODEL}"
    VERBATIM)
  add_custom_target(${target}_modelc DEPENDS "${folder}.stamp")

  add_library(${target} STATIC ${sources})
  set_source_files_properties(${sources} PROPERTIES GENERATED TRUE)
  add_dependencies(${target} ${target}_modelc)
  add_library(modelc::${target} ALIAS ${target})
  target_include_directories(${target} PUBLIC "${folder}/model")
  target_compile_features(${target} PUBLIC c_std_99)
  target_compile_options(${target} PRIVATE ${ARG_COMPILE_OPTIONS})
endfunction()
