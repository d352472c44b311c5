# Flags of our own code, as interface targets; nothing is set for whole folders.
add_library(kharita_flags INTERFACE)
target_compile_features(kharita_flags INTERFACE cxx_std_20)
# No fused multiply-add: results must be equal on every machine, or goldens do not hold.
target_compile_options(kharita_flags INTERFACE -ffp-contract=off)
if(KHARITA_SANITIZE)
    target_compile_options(kharita_flags INTERFACE
        -fsanitize=${KHARITA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(kharita_flags INTERFACE -fsanitize=${KHARITA_SANITIZE})
endif()

add_library(kharita_warnings INTERFACE)
target_compile_options(kharita_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
    # g++ 12 sees uninitialised values in every optional it inlines; the analyser and ASan watch for real ones.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
    # And overlapping copies where a literal is joined to a string (GCC bug 105651), once it inlines as Release does.
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-restrict>
    $<$<BOOL:${KHARITA_WERROR}>:-Werror>)

# kharita_module(NAME SOURCES … HEADERS … DEPENDS … PRIVATE_DEPENDS …)
#
# One folder of src/ as the static library kharita::NAME. Headers are included from src/ ("tile/mvt.hpp"),
# each must compile alone (target all_verify_interface_header_sets), and all are installed.
function(kharita_module name)
    cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
    set(target kharita_${name})
    add_library(${target} STATIC)
    add_library(kharita::${name} ALIAS ${target})
    set_target_properties(${target} PROPERTIES
        EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON CXX_EXTENSIONS OFF VERIFY_INTERFACE_HEADER_SETS ON)
    target_sources(${target}
        PRIVATE ${arg_SOURCES}
        PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/src FILES ${arg_HEADERS})
    target_link_libraries(${target}
        PUBLIC kharita_flags ${arg_DEPENDS}
        PRIVATE $<BUILD_INTERFACE:kharita_warnings> ${arg_PRIVATE_DEPENDS})
    set_property(GLOBAL APPEND PROPERTY KHARITA_MODULES ${target})
endfunction()

# kharita_runtime_module(NAME SOURCES … LIBRARIES …)
#
# One folder of src/ as kharita_NAME.so, which the program loads when a command needs it (base/loaded_module.hpp).
# It sees our headers and links none of our libraries. The build tree has the shape of an install.
function(kharita_runtime_module name)
    cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
    set(target kharita_${name})
    add_library(${target} MODULE ${arg_SOURCES})
    set_target_properties(${target} PROPERTIES PREFIX "" CXX_EXTENSIONS OFF
        LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/${CMAKE_INSTALL_LIBDIR}/kharita)
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(${target} PRIVATE kharita_flags kharita_warnings ${arg_LIBRARIES})
    install(TARGETS ${target} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/kharita)
endfunction()

add_custom_target(kharita_embedded)

# kharita_embed(TARGET NAMESPACE HEADER FILES…)
#
# Text files as C++: HEADER (relative to the build folder's include root) declares, in NAMESPACE,
# `std::span<EmbeddedFile const> embedded_files()`: names and contents, in the order given.
function(kharita_embed target namespace header)
    set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded)
    set(source ${out}/${header}.cpp)
    list(TRANSFORM ARGN PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/" OUTPUT_VARIABLE files)
    list(JOIN files "|" joined)
    add_custom_command(OUTPUT ${source} ${out}/${header}
        COMMAND ${CMAKE_COMMAND} -DNAMESPACE=${namespace} -DHEADER=${header} -DOUT=${out} "-DFILES=${joined}"
                -P ${PROJECT_SOURCE_DIR}/tools/cmake/embed.cmake
        DEPENDS ${files} ${PROJECT_SOURCE_DIR}/tools/cmake/embed.cmake
        COMMENT "Embedding ${header}" VERBATIM)
    target_sources(${target} PRIVATE ${source})
    target_include_directories(${target} PRIVATE ${out})
    # All of them by one name, for tools that read sources without building: `kharita_embedded`.
    string(MAKE_C_IDENTIFIER embedded_${header} embedding)
    add_custom_target(${embedding} DEPENDS ${source} ${out}/${header})
    add_dependencies(kharita_embedded ${embedding})
endfunction()
