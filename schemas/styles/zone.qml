<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" attr="status" enableorderby="0" forceraster="0" symbollevels="0">
   <categories>
    <category symbol="0" value="proposed" label="Proposed" render="true"/>
    <category symbol="1" value="agreed" label="Agreed" render="true"/>
    <category symbol="2" value="in_force" label="In force" render="true"/>
    <category symbol="3" value="violated" label="Violated" render="true"/>
    <category symbol="4" value="ended" label="Ended" render="true"/>
   </categories>
   <symbols>
    <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="40,110,180,150"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="40,110,180,255"/>
       <Option name="outline_style" type="QString" value="dot"/>
       <Option name="outline_width" type="QString" value="0.5"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="f_diagonal"/>
      </Option>
     </layer>
    </symbol>
    <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="30,140,140,150"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="30,140,140,255"/>
       <Option name="outline_style" type="QString" value="dash"/>
       <Option name="outline_width" type="QString" value="0.5"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="b_diagonal"/>
      </Option>
     </layer>
    </symbol>
    <symbol name="2" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="30,120,60,150"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="30,120,60,255"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.5"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="dense6"/>
      </Option>
     </layer>
    </symbol>
    <symbol name="3" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="200,60,30,150"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="200,60,30,255"/>
       <Option name="outline_style" type="QString" value="dash dot"/>
       <Option name="outline_width" type="QString" value="0.5"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="diagonal_x"/>
      </Option>
     </layer>
    </symbol>
    <symbol name="4" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleFill" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="color" type="QString" value="130,130,130,150"/>
       <Option name="joinstyle" type="QString" value="bevel"/>
       <Option name="outline_color" type="QString" value="130,130,130,255"/>
       <Option name="outline_style" type="QString" value="dot"/>
       <Option name="outline_width" type="QString" value="0.5"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="style" type="QString" value="dense7"/>
      </Option>
     </layer>
    </symbol>
   </symbols>
  </renderer-v2>
  <labeling type="simple">
   <settings calloutType="simple">
    <text-style fieldName="coalesce(nullif(&quot;name&quot;, ''), map_get(map('safe_zone', 'منطقة آمنة', 'corridor', 'ممر', 'deescalation', 'منطقة خفض تصعيد', 'buffer', 'منطقة عازلة', 'no_fly', 'منطقة حظر طيران'), &quot;kind&quot;)) || ' ' || map_get(if(&quot;kind&quot; = 'corridor', map('proposed', 'مقترح', 'agreed', 'متفق عليه', 'in_force', 'سارٍ', 'violated', 'منتهك', 'ended', 'منتهٍ'), map('proposed', 'مقترحة', 'agreed', 'متفق عليها', 'in_force', 'سارية', 'violated', 'منتهكة', 'ended', 'منتهية')), &quot;status&quot;) || '\n' || replace(&quot;kind&quot;, '_', ' ') || ', ' || replace(&quot;status&quot;, '_', ' ')" isExpression="1" fontFamily="Noto Sans" fontSize="9" fontSizeUnit="Point" fontWeight="50" textColor="30,60,110,255" textOpacity="1" multilineHeight="1" namedStyle="Regular">
     <families><family name="Noto Sans"/><family name="Noto Sans Arabic"/><family name="DejaVu Sans"/></families>
     <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,230" bufferOpacity="1" bufferJoinStyle="128"/>
    </text-style>
    <text-format wrapChar="" multilineAlign="1" autoWrapLength="0"/>
    <placement placement="1" dist="1.5" distUnits="MM" priority="5" centroidInside="1" fitInPolygonOnly="0"/>
    <rendering drawLabels="1" obstacle="1" displayAll="0" scaleVisibility="0" mergeLines="0"/>
   </settings>
  </labeling>
</qgis>
