<#-- SPDX-License-Identifier: Apache-2.0 -->
What this distribution consists of besides h5coro. The text of Apache-2.0 is in LICENSE, that of MIT with its copyright in
META-INF of the jars; notices are there too.

<#list dependencyMap as e>
<#assign project = e.getKey()/>
${project.groupId}:${project.artifactId}:${project.version} - ${e.getValue()?join(", ")}
</#list>
